#include "bench/replay.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "store/log_keeper.h"
#include "store/open.h"
#include "store/writer.h"

namespace topupd::bench {
namespace {

constexpr double kPageBytes = 4'096;

class Player {
 public:
  Player(sqlite3* db, const Recording& recording) : db_{db}, recording_{&recording} {
    for (const auto& text : recording.texts) {
      sqlite3_stmt* prepared = nullptr;
      check(
          sqlite3_prepare_v3(db, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr));
      prepared_.push_back(prepared);
    }
  }
  ~Player() {
    for (auto* prepared : prepared_)
      sqlite3_finalize(prepared);
  }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  void play(std::size_t command) const {
    for (const auto& executed : recording_->commands.at(command))
      execute(executed);
  }

 private:
  void execute(const Executed& executed) const {
    auto* prepared = prepared_.at(executed.statement);
    for (std::size_t i = 0; i < executed.values.size(); ++i)
      bind(prepared, static_cast<int>(i) + 1, executed.values[i]);
    for (int row = 0; row < std::max(executed.rows, 1); ++row) {
      int code = sqlite3_step(prepared);
      if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
      if (code == SQLITE_ROW) read(prepared);
    }
    sqlite3_reset(prepared);
  }

  void bind(sqlite3_stmt* prepared, int parameter, const Bound& value) const {
    if (const auto* number = std::get_if<std::int64_t>(&value))
      check(sqlite3_bind_int64(prepared, parameter, *number));
    else if (const auto* text = std::get_if<std::string>(&value))
      check(sqlite3_bind_text(prepared, parameter, text->data(), static_cast<int>(text->size()),
                              SQLITE_STATIC));
    else if (const auto* blob = std::get_if<Blob>(&value))
      check(sqlite3_bind_blob(prepared, parameter, blob->bytes.data(),
                              static_cast<int>(blob->bytes.size()), SQLITE_STATIC));
    else
      check(sqlite3_bind_null(prepared, parameter));
  }

  static void read(sqlite3_stmt* prepared) {
    int columns = sqlite3_data_count(prepared);
    for (int column = 0; column < columns; ++column) {
      if (sqlite3_column_type(prepared, column) == SQLITE_TEXT)
        sqlite3_column_text(prepared, column);
      else if (sqlite3_column_type(prepared, column) == SQLITE_BLOB)
        sqlite3_column_blob(prepared, column);
      else
        sqlite3_column_int64(prepared, column);
    }
  }

  void check(int code) const {
    if (code != SQLITE_OK)
      throw std::runtime_error{std::string{"the replay failed: "} + sqlite3_errmsg(db_)};
  }

  sqlite3* db_;
  const Recording* recording_;
  std::vector<sqlite3_stmt*> prepared_;
};

class Replay {
 public:
  Replay(const std::string& file, OpenedHere& opened, std::span<const Recording> lists)
      : db_{opened.db}, log_{opened.db, open_for_copying(file)} {
    for (const auto& list : lists)
      players_.push_back(std::make_unique<Player>(opened.handle, list));
  }

  // Commands from first to before last, of every list.
  void group(std::size_t first, std::size_t last) {
    for (const auto& player : players_) {
      db_.query("BEGIN IMMEDIATE").next();
      for (auto command = first; command < last; ++command)
        player->play(command);
      db_.query("COMMIT").next();
      rest();
    }
  }

  void forget_log() { logged_ = 0; }
  double log_bytes() const { return static_cast<double>(logged_) * kPageBytes; }

 private:
  void rest() {
    auto pages = db_.log_pages();
    logged_ += pages >= seen_ ? pages - seen_ : pages;
    seen_ = pages;
    log_.rest(false, kLockWait);
  }

  sqlite::Connection& db_;
  LogKeeper log_;
  std::vector<std::unique_ptr<Player>> players_;
  std::int64_t logged_ = 0;  // pages written to the log
  int seen_ = 0;             // pages in the log after the last commit
};

}  // namespace

Replayed replay(const std::string& file, std::span<const Recording> lists,
                const ReplayOptions& options) {
  auto opened = open_here(file);
  Replay replayed{file, opened, lists};
  auto total = lists.front().commands.size();
  Stopwatch watch;
  for (std::size_t at = 0; at < total;) {
    if (at <= options.warm_up) {
      watch = Stopwatch{};
      replayed.forget_log();
    }
    auto end = std::min(at + options.group, total);
    if (at < options.warm_up) end = std::min(end, options.warm_up);
    replayed.group(at, end);
    at = end;
  }
  auto counted = total - options.warm_up;
  return {watch.pace(counted), replayed.log_bytes() / static_cast<double>(counted)};
}

}  // namespace topupd::bench
