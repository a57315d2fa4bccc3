#include "topup/statement.h"

#include <optional>

namespace topup {
namespace {

// The account's side of a posting, as a line of its statement; empty if the
// posting does not touch it.
std::optional<StatementLine> line_of(const View& view, const StoredPosting& stored,
                                     LedgerAccount account, PostingId& previous) {
  bool is_debit = stored.posting.debit == account;
  if (!is_debit && stored.posting.credit != account) return std::nullopt;
  const auto& mark = is_debit ? stored.debit : stored.credit;
  bool grows = grows_by_debit(account.kind) == is_debit;
  previous = mark.previous;
  return StatementLine{stored.id, view.entry(stored.entry).value(),
                       grows ? stored.posting.amount : -stored.posting.amount, mark.after};
}

}  // namespace

Statement statement(const View& view, UserId user, AccountKind kind, PostingId from, int limit) {
  Statement result;
  auto account = of(user, kind);
  result.next = from.value != 0 ? from : view.wallet(user)[kind].last;
  while (result.next.value != 0 && static_cast<int>(result.lines.size()) < limit) {
    auto stored = view.posting(result.next);
    PostingId previous;
    auto line = stored ? line_of(view, *stored, account, previous) : std::nullopt;
    if (!line) return {};
    result.lines.push_back(*line);
    result.next = previous;
  }
  return result;
}

}  // namespace topup
