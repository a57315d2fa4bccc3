#include "store/record.h"

#include <algorithm>

#include "store/errors.h"

namespace topupd {
namespace {

[[noreturn]] void unreadable(std::string_view what, const std::string& found) {
  throw StoreBroken{"the database holds a " + std::string{what} + " that no program wrote: '" +
                    found + "'"};
}

template <class Enum>
Enum known(const std::optional<Enum>& value, std::string_view what, const std::string& word) {
  if (!value) unreadable(what, word);
  return *value;
}

}  // namespace

std::string plain(const std::vector<std::string>& lines) {
  std::string joined;
  for (const auto& line : lines)
    joined += (joined.empty() ? "" : "\n") + line;
  return joined;
}

void Binder::bind(const topup::LedgerAccount& account) {
  bind(account.kind);
  bind(account.owner);
}

void Binder::bind(const topup::Mark& mark) {
  if (mark.version == 0) {
    for (int column = 0; column < 3; ++column)
      query_.bind_null(++parameter_);
    return;
  }
  bind(mark.after);
  bind(mark.version);
  bind(mark.previous);
}

topup::TargetFormat Formats::of(const std::string& text) {
  constexpr std::size_t kMost = 10'000;  // far more than a price list has
  auto by_text = [](const topup::TargetFormat& known, const std::string& wanted) {
    return known.text() < wanted;
  };
  auto it = std::lower_bound(known_.begin(), known_.end(), text, by_text);
  if (it != known_.end() && it->text() == text) return *it;
  auto made = topup::TargetFormat::from(text);
  if (!made) unreadable("target format", text);
  if (known_.size() >= kMost) {
    known_.clear();
    it = known_.end();
  }
  return *known_.insert(it, *made);
}

void Reader::read(topup::Timestamp& field) {
  field = topup::Timestamp{std::chrono::milliseconds{query_.integer(column_++)}};
}
void Reader::read(topup::Money& field) {
  auto units = query_.integer(column_++);
  auto money = topup::Money::from_units(units);
  if (!money) unreadable("sum of money", std::to_string(units));
  field = *money;
}
void Reader::read(topup::Cause& field) {
  auto word = query_.text(column_++);
  field = known(topup::cause_from(word), "cause", word);
}
void Reader::read(topup::TargetFormat& field) { field = formats_.of(query_.text(column_++)); }

void Reader::read(std::vector<std::string>& lines) {
  auto joined = query_.text(column_++);
  lines.clear();
  for (std::size_t at = 0; at < joined.size();) {
    auto end = std::min(joined.find('\n', at), joined.size());
    lines.push_back(joined.substr(at, end - at));
    at = end + 1;
  }
}

void Reader::read(topup::LedgerAccount& account) {
  read(account.kind);
  read(account.owner);
}
void Reader::read(topup::Mark& mark) {
  read(mark.after);
  read(mark.version);
  read(mark.previous);
}

void Reader::read(topup::Digest& digest) {
  auto bytes = query_.bytes(column_++);
  if (bytes.size() != digest.size()) unreadable("seal", std::to_string(bytes.size()) + " bytes");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
}

void Reader::read(topup::Role& field) {
  auto word = query_.text(column_++);
  field = known(topup::role_from(word), "role", word);
}
void Reader::read(topup::AccountKind& field) {
  auto word = query_.text(column_++);
  field = known(topup::account_kind_from(word), "kind of account", word);
}
void Reader::read(topup::EntryKind& field) {
  auto word = query_.text(column_++);
  field = known(topup::entry_kind_from(word), "kind of entry", word);
}
void Reader::read(topup::RuleScope& field) {
  auto word = query_.text(column_++);
  field = known(topup::rule_scope_from(word), "scope", word);
}
void Reader::read(topup::OrderMode& field) {
  auto word = query_.text(column_++);
  field = known(topup::order_mode_from(word), "mode", word);
}
void Reader::read(topup::OrderState& field) {
  auto word = query_.text(column_++);
  field = known(topup::order_state_from(word), "state", word);
}
void Reader::read(topup::AttemptState& field) {
  auto word = query_.text(column_++);
  field = known(topup::attempt_state_from(word), "state", word);
}
void Reader::read(topup::ChargePurpose& field) {
  auto word = query_.text(column_++);
  field = known(topup::charge_purpose_from(word), "purpose", word);
}
void Reader::read(topup::ChargeState& field) {
  auto word = query_.text(column_++);
  field = known(topup::charge_state_from(word), "state", word);
}
void Reader::read(topup::ReceiptState& field) {
  auto word = query_.text(column_++);
  field = known(topup::receipt_state_from(word), "state", word);
}
void Reader::read(topup::WithdrawalState& field) {
  auto word = query_.text(column_++);
  field = known(topup::withdrawal_state_from(word), "state", word);
}
void Reader::read(topup::AdjustmentState& field) {
  auto word = query_.text(column_++);
  field = known(topup::adjustment_state_from(word), "state", word);
}
void Reader::read(topup::PrefundState& field) {
  auto word = query_.text(column_++);
  field = known(topup::prefund_state_from(word), "state", word);
}
void Reader::read(topup::TreasuryMoveKind& field) {
  auto word = query_.text(column_++);
  field = known(topup::treasury_move_kind_from(word), "kind", word);
}
void Reader::read(topup::IncidentKind& field) {
  auto word = query_.text(column_++);
  field = known(topup::incident_kind_from(word), "kind of incident", word);
}
void Reader::read(topup::Subject& field) {
  auto word = query_.text(column_++);
  field = known(topup::subject_from(word), "subject", word);
}

void columns(Reader& read, topup::StoredEntry& r) {
  std::string slot;
  read(r.id, r.kind, slot, r.ref, r.at, r.cause);
}

}  // namespace topupd
