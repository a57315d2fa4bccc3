#include "bench/recording.h"

#include <sqlite3.h>

#include <charconv>
#include <stdexcept>
#include <unordered_map>

#include "bench/shop.h"
#include "store/open.h"
#include "store/sqlite_tx.h"

namespace topupd::bench {
namespace {

sqlite3* newest = nullptr;  // the handle opened last; used by one thread

int note_newest(sqlite3* db, const char** /*message*/, const void* /*routines*/) {
  newest = db;
  return SQLITE_OK;
}

void (*as_entry_point(int (*hook)(sqlite3*, const char**, const void*)))() {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return reinterpret_cast<void (*)()>(hook);
}

int hex_digit(char digit) { return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10; }

// What stands after x' up to the quote, which it moves past.
Blob blob_literal(const std::string& text, std::size_t& at) {
  Blob blob;
  for (at += 2; text.at(at) != '\''; at += 2)
    blob.bytes += static_cast<char>(hex_digit(text.at(at)) * 16 + hex_digit(text.at(at + 1)));
  ++at;
  return blob;
}

// Reads one literal, as sqlite3_expanded_sql() writes it, and moves past it.
Bound literal(const std::string& text, std::size_t& at) {
  if (text.compare(at, 4, "NULL") == 0) {
    at += 4;
    return std::monostate{};
  }
  if (text.at(at) == '\'') {
    std::string value;
    while (true) {
      auto end = text.find('\'', ++at);
      value += text.substr(at, end - at);
      at = end + 1;
      if (at >= text.size() || text[at] != '\'') return value;
      value += '\'';
    }
  }
  if (text.compare(at, 2, "x'") == 0) return blob_literal(text, at);
  std::int64_t number = 0;
  auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) throw std::logic_error{"no value at: " + text.substr(at)};
  at = static_cast<std::size_t>(parsed.ptr - text.data());
  return number;
}

// The values, by comparing the statement with what it looked like with its values in.
std::vector<Bound> values_of(const std::string& text, const std::string& expanded) {
  std::vector<Bound> values;
  std::size_t in = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'') quoted = !quoted;
    if (text[at] != '?' || quoted) {
      ++in;
      continue;
    }
    std::size_t number = 0;
    auto parsed = std::from_chars(text.data() + at + 1, text.data() + text.size(), number);
    if (parsed.ec != std::errc{}) number = values.size() + 1;
    at = static_cast<std::size_t>(parsed.ptr - text.data()) - 1;
    if (values.size() < number) values.resize(number);
    values.at(number - 1) = literal(expanded, in);
  }
  return values;
}

class Recorder {
 public:
  explicit Recorder(sqlite3* db) : db_{db} {
    sqlite3_trace_v2(db, SQLITE_TRACE_STMT | SQLITE_TRACE_ROW, &on_event, this);
  }
  ~Recorder() { sqlite3_trace_v2(db_, 0, nullptr, nullptr); }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void begin_command() { recording_.commands.emplace_back(); }
  Recording take() { return std::move(recording_); }

 private:
  static int on_event(unsigned event, void* self, void* statement, void* /*text*/) {
    auto& recorder = *static_cast<Recorder*>(self);
    auto* prepared = static_cast<sqlite3_stmt*>(statement);
    if (event == SQLITE_TRACE_STMT) recorder.executed(prepared);
    if (event == SQLITE_TRACE_ROW) ++recorder.recording_.commands.back().back().rows;
    return 0;
  }

  void executed(sqlite3_stmt* prepared) {
    std::string text{sqlite3_sql(prepared)};
    auto [found, is_new] = numbers_.try_emplace(text, recording_.texts.size());
    if (is_new) recording_.texts.push_back(text);
    char* expanded = sqlite3_expanded_sql(prepared);
    auto values = values_of(text, expanded);
    sqlite3_free(expanded);
    recording_.commands.back().push_back({found->second, std::move(values), 0});
  }

  sqlite3* db_;
  Recording recording_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace

std::map<std::string, double> Recording::per_command() const {
  std::map<std::string, double> counts;
  for (const auto& command : commands)
    for (const auto& executed : command)
      counts[texts.at(executed.statement)] += 1.0 / static_cast<double>(commands.size());
  return counts;
}

OpenedHere open_here(const std::string& file) {
  std::filesystem::path path{file};
  sqlite3_auto_extension(as_entry_point(&note_newest));
  auto db = open_for_writing(path, current_schema(), path.parent_path() / "backups");
  sqlite3_cancel_auto_extension(as_entry_point(&note_newest));
  return {std::move(db), newest};
}

std::vector<Recording> record(const std::string& file,
                              const std::vector<std::vector<Command>>& lists) {
  auto opened = open_here(file);
  SqliteTx tx{opened.db, sealer_of(file)};
  tx.remember();  // as the server's writer does
  opened.db.run("BEGIN IMMEDIATE");
  std::vector<Recording> recordings;
  for (const auto& commands : lists) {
    Recorder recorder{opened.handle};
    for (const auto& command : commands) {
      recorder.begin_command();
      command(tx);
    }
    recordings.push_back(recorder.take());
  }
  opened.db.run("ROLLBACK");
  return recordings;
}

}  // namespace topupd::bench
