// Records to and from the rows of a statement.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "store/columns.h"
#include "store/sqlite.h"

namespace topupd {

// A value as the parameters of a statement want it: an integer or a text.
inline std::int64_t plain(std::int64_t value) { return value; }
inline std::int64_t plain(int value) { return value; }
inline std::int64_t plain(bool value) { return value ? 1 : 0; }
inline std::int64_t plain(topup::Money value) { return value.units(); }
inline std::int64_t plain(topup::BasisPoints value) { return value.value; }
inline std::int64_t plain(topup::EntryId value) { return value.value; }
inline std::int64_t plain(topup::PostingId value) { return value.value; }
template <topup::Table kTable>
std::int64_t plain(topup::Id<kTable> value) {
  return value.value;
}
inline std::int64_t plain(topup::Timestamp value) { return value.time_since_epoch().count(); }
inline std::string_view plain(std::string_view value) { return value; }
inline std::string_view plain(const std::string& value) { return value; }
inline std::string_view plain(const char* value) { return value; }
inline std::string plain(const topup::Cause& value) { return text(value); }
inline std::string_view plain(const topup::TargetFormat& value) { return value.text(); }
std::string plain(const std::vector<std::string>& lines);
template <class Enum>
requires std::is_enum_v<Enum> std::string_view plain(Enum value) { return name(value); }

// Binds values to the parameters of a statement, from the first on.
class Binder {
 public:
  explicit Binder(sqlite::Query& query) : query_{query} {}

  template <class... Fields>
  void operator()(const Fields&... fields) {
    (bind(fields), ...);
  }

 private:
  template <class Field>
  void bind(const Field& field) {
    query_.bind(++parameter_, plain(field));
  }
  template <class Field>
  void bind(const std::optional<Field>& field) {
    if (field)
      bind(*field);
    else
      query_.bind_null(++parameter_);
  }
  template <class Field>
  void bind(const NullIfNone<Field>& nullable) {
    if (nullable.field == std::remove_const_t<Field>{})
      query_.bind_null(++parameter_);
    else
      bind(nullable.field);
  }
  void bind(const topup::LedgerAccount& account);
  void bind(const topup::Mark& mark);
  void bind(const topup::Digest& digest) { query_.bind(++parameter_, digest); }

  sqlite::Query& query_;
  int parameter_ = 0;
};

// Compiled target formats: compiling one takes longer than an order.
class Formats {
 public:
  topup::TargetFormat of(const std::string& text);

 private:
  std::vector<topup::TargetFormat> known_;  // by text
};

// Reads the columns of a row, from that one on.  Throws StoreBroken for what the
// program could not have written.
class Reader {
 public:
  explicit Reader(const sqlite::Query& query, Formats& formats, int first = 0)
      : query_{query}, formats_{formats}, column_{first} {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (read(fields), ...);
  }

 private:
  void read(std::int64_t& field) { field = query_.integer(column_++); }
  void read(int& field) { field = static_cast<int>(query_.integer(column_++)); }
  void read(bool& field) { field = query_.integer(column_++) != 0; }
  void read(std::string& field) { field = query_.text(column_++); }
  void read(topup::BasisPoints& field) { read(field.value); }
  void read(topup::EntryId& field) { read(field.value); }
  void read(topup::PostingId& field) { read(field.value); }
  template <topup::Table kTable>
  void read(topup::Id<kTable>& field) {
    read(field.value);
  }
  void read(topup::Timestamp& field);
  void read(topup::Money& field);
  void read(topup::Cause& field);
  void read(topup::TargetFormat& field);
  void read(std::vector<std::string>& lines);
  void read(topup::LedgerAccount& account);
  void read(topup::Mark& mark);
  void read(topup::Digest& digest);

  void read(topup::Role& field);
  void read(topup::AccountKind& field);
  void read(topup::EntryKind& field);
  void read(topup::RuleScope& field);
  void read(topup::OrderMode& field);
  void read(topup::OrderState& field);
  void read(topup::AttemptState& field);
  void read(topup::ChargePurpose& field);
  void read(topup::ChargeState& field);
  void read(topup::ReceiptState& field);
  void read(topup::WithdrawalState& field);
  void read(topup::AdjustmentState& field);
  void read(topup::PrefundState& field);
  void read(topup::TreasuryMoveKind& field);
  void read(topup::IncidentKind& field);
  void read(topup::Subject& field);

  template <class Field>
  void read(std::optional<Field>& field) {
    if (query_.is_null(column_))
      ++column_;
    else
      read(field.emplace());
  }
  // A null integer reads as 0 and a null text as "": none.
  template <class Field>
  void read(const NullIfNone<Field>& nullable) {
    read(nullable.field);
  }

  const sqlite::Query& query_;
  Formats& formats_;
  int column_;
};

// An entry is written with its slot, which follows from its kind.
template <class Visit>
void columns(Visit& visit, const topup::StoredEntry& r) {
  visit(r.id, r.kind, slot_of(r.kind), r.ref, r.at, r.cause);
}
void columns(Reader& read, topup::StoredEntry& r);

// Statement helpers -------------------------------------------------------------

template <class... Values>
void bind_all(sqlite::Query& query, const Values&... values) {
  Binder bind{query};
  bind(values...);
}

template <class Record>
Record record_of(const sqlite::Query& query, Formats& formats, int first_column = 0) {
  Record record;
  Reader read{query, formats, first_column};
  columns(read, record);
  return record;
}

template <class Record>
std::optional<Record> one(sqlite::Query& query, Formats& formats) {
  if (!query.next()) return std::nullopt;
  return record_of<Record>(query, formats);
}

template <class Record>
std::vector<Record> all(sqlite::Query& query, Formats& formats) {
  std::vector<Record> records;
  while (query.next())
    records.push_back(record_of<Record>(query, formats));
  return records;
}

}  // namespace topupd
