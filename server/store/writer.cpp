#include "store/writer.h"

#include <stdexcept>

#include "store/errors.h"

namespace topupd {
namespace {

constexpr std::int64_t kPageBytes = 4096;
constexpr int kShareWhenLockedOut = 50;
constexpr std::chrono::minutes kFullFor{1};
constexpr std::string_view kCopyFailed = "the log could not be copied: ";

void fail(WriteQueue::Batch batch, const std::exception_ptr& failure) {
  for (auto* job : batch)
    job->failure = failure;
}

}  // namespace

Writer::Writer(sqlite::Connection db, sqlite::Connection copier, topup::Sealer sealer,
               const WriterOptions& options)
    : on_shut_{options.on_shut},
      db_{std::move(db)},
      tx_{db_, std::move(sealer), options.ref_ids, options.wallets},
      log_{db_, std::move(copier), options.log,
           [this](const std::string& why) { shut(std::string{kCopyFailed} + why); }},
      lock_wait_{options.lock_wait} {
  db_.wait_for_locks(lock_wait_);
  try {
    version_ = version_of_file();
    log_file_.emplace(db_);
    settle_log();
    tx_.remember();
  } catch (const std::exception& failure) {
    throw StoreUnusable{db_.path() + " can't be read: " + failure.what() +
                        ". topupd verify says what is wrong, topupd restore brings back a backup"};
  }
}

// What an earlier process left in the log may be there in memory alone, if a sync of it had failed
// (see open.cpp).  Copied into the database it is written anew, before an answer is built upon it.
void Writer::settle_log() {
  try {
    db_.checkpoint(sqlite::Checkpoint::passive);
  } catch (const StoreFull&) {
    // Nobody was told yes for what is not durable, and nothing can be written now.
  }
}

Writer::~Writer() {
  log_.settle();
  if (!accepts_writes()) db_.keep_log();
}

bool Writer::is_full() const {
  const auto at = full_at_.load();
  return at != kNever && std::chrono::steady_clock::now() - at < kFullFor;
}

BatchRun Writer::run(WriteQueue::Batch batch, Sync sync) {
  try {
    if (!accepts_writes())
      throw StoreShut{"not written: an earlier write failed, and only opening the file anew helps"};
    set_sync(sync);
    begin();
    if (run_bodies(batch) == BatchRun::alone) {
      undo();
      return batch.size() > 1 ? BatchRun::alone : BatchRun::done;
    }
    commit(batch, sync);
  } catch (const StoreBroken& failure) {
    shut(failure.what());
    fail(batch, std::make_exception_ptr(StoreUnknown{failure.what()}));
    undo();
  } catch (const StoreFull&) {
    full_at_ = std::chrono::steady_clock::now();
    undo();
    if (batch.size() > 1) return BatchRun::alone;
    fail(batch, std::current_exception());
  } catch (...) {
    fail(batch, std::current_exception());
    undo();
  }
  return BatchRun::done;
}

std::chrono::milliseconds Writer::patience() const {
  return is_locked_out_ ? lock_wait_ / kShareWhenLockedOut : lock_wait_;
}

void Writer::take_lock() {
  const bool was_locked_out = is_locked_out_;
  try {
    db_.query("BEGIN IMMEDIATE").next();
  } catch (const StoreBusy&) {
    is_locked_out_ = true;
    if (!was_locked_out) db_.wait_for_locks(patience());
    throw;
  }
  is_locked_out_ = false;
  if (was_locked_out) db_.wait_for_locks(patience());
}

std::int64_t Writer::version_of_file() {
  auto query = db_.query("PRAGMA data_version");
  query.next();
  return query.integer(0);
}

void Writer::begin() {
  take_lock();
  changes_ = db_.changes();
  const auto version = version_of_file();
  if (version == version_) return;
  version_ = version;
  tx_.forget_file();
  ++people_;
  ++catalogue_;
}

// Machine failures are thrown; what a body alone is to blame for is its job's failure.
BatchRun Writer::run_bodies(WriteQueue::Batch batch) {
  for (auto* job : batch) {
    auto before = db_.changes();
    try {
      bool refused = !(*job->body)(tx_);
      if (refused && db_.changes() != before)
        throw std::logic_error{"a body that refused had written something"};
    } catch (const StoreError&) {
      throw;
    } catch (...) {
      job->failure = std::current_exception();
    }
    // SQLite ends a transaction by itself when it can't go on, whatever the body made of it.
    if (!db_.in_transaction()) throw StoreFull{"the database ended the transaction by itself"};
    if (job->failure) {
      if (batch.size() > 1) job->failure = nullptr;  // it is run once more, alone
      return BatchRun::alone;
    }
  }
  return BatchRun::done;
}

// SQLite may have set it when it throws.
void Writer::set_sync(Sync sync) {
  if (sync == sync_) return;
  sync_ = std::nullopt;
  using Syncs = sqlite::Connection::Syncs;
  db_.set(sync == Sync::at_once ? Syncs::each_commit : Syncs::none);
  sync_ = sync;
}

void Writer::end_transaction(Sync sync) {
  if (sync == Sync::later) durability_.begin();
  try {
    db_.query("COMMIT").next();
  } catch (...) {
    durability_.end();
    throw;
  }
  durability_.end();
}

void Writer::commit(WriteQueue::Batch batch, Sync sync) {
  try {
    end_transaction(sync);
  } catch (const StoreFull&) {
    throw;  // no whole commit can have reached the file: see sqlite.cpp
  } catch (const std::exception& failure) {
    throw StoreBroken{std::string{"the commit failed: "} + failure.what()};
  }
  count_versions();
  // One that wrote nothing says nothing of the disk.
  if (db_.changes() != changes_) full_at_ = kNever;
  ++commits_;
  transactions_ += static_cast<std::int64_t>(batch.size());
  log_bytes_ = db_.log_pages() * kPageBytes;
}

// Before any caller returns: whoever asks after that reads anew.
void Writer::count_versions() {
  const auto touched = tx_.take_touched();
  if (touched.people) ++people_;
  if (touched.catalogue) ++catalogue_;
}

void Writer::undo() {
  tx_.forget();
  if (!db_.in_transaction()) return;
  try {
    db_.query("ROLLBACK").next();
  } catch (...) {
    shut("what failed can't be undone");
  }
}

void Writer::shut(const std::string& why) {
  if (!shut_.exchange(true)) on_shut_(why);
}

std::exception_ptr Writer::sync() {
  const auto written = durability_.written();
  try {
    log_file_->sync();
  } catch (const std::exception& failure) {
    shut(std::string{"the log could not be synced: "} + failure.what());
    durability_.fail();
    return std::make_exception_ptr(StoreUnknown{failure.what()});
  }
  if (durability_.reach(written)) return nullptr;
  return std::make_exception_ptr(StoreUnknown{"an earlier commit could not be made durable"});
}

void Writer::rest(bool nobody_waits) {
  if (!accepts_writes()) return;
  try {
    log_.rest(nobody_waits, patience());
  } catch (const StoreBroken& failure) {
    shut(std::string{kCopyFailed} + failure.what());
  } catch (const std::exception&) {
    // A full disk, most likely: everything is in the log, a later checkpoint takes it up.
    db_.wait_for_locks(patience());
  }
}

bool Writer::empty_log() {
  log_.settle();
  return accepts_writes() && db_.checkpoint(sqlite::Checkpoint::truncate).is_whole();
}

}  // namespace topupd
