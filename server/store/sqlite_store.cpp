#include "store/sqlite_store.h"

#include <utility>

#include "store/commit_queue.h"
#include "store/open.h"
#include "store/reader_pool.h"
#include "store/sqlite_archive.h"
#include "store/writer.h"

namespace topupd {
namespace {

sqlite::Connection open(const std::filesystem::path& file, const SqliteStore::Options& options) {
  auto schema = options.schema != nullptr ? *options.schema : current_schema();
  auto db = open_for_writing(file, schema, file.parent_path() / "backups", options.announce);
  if (options.pages_at_most > 0)
    db.run("PRAGMA max_page_count = " + std::to_string(options.pages_at_most));
  return db;
}

}  // namespace

struct SqliteStore::Impl {
  Impl(const std::filesystem::path& path, const Options& options)
      : file{path.string()},
        writer{open(path, options),
               open_for_copying(file),
               options.sealer,
               {options.lock_wait, options.log, options.ref_ids, options.wallets, options.on_shut}},
        queue{{[this](WriteQueue::Batch batch, Sync sync) { return writer.run(batch, sync); },
               [this](bool nobody_waits) { writer.rest(nobody_waits); },
               [this] { return writer.sync(); }, options.synced_later_from}},
        readers{file, options.readers} {}

  const std::string file;
  Writer writer;  // closed after the readers, so that it leaves no log behind
  WriteQueue queue;
  ReaderPool readers;
};

SqliteStore::SqliteStore(const std::filesystem::path& file) : SqliteStore{file, Options{}} {}
SqliteStore::SqliteStore(const std::filesystem::path& file, const Options& options)
    : impl_{std::make_unique<Impl>(file, options)} {}
SqliteStore::~SqliteStore() = default;

bool SqliteStore::accepts_writes() const { return impl_->writer.accepts_writes(); }

bool SqliteStore::is_full() const { return impl_->writer.is_full(); }

bool SqliteStore::is_locked_out() const { return impl_->writer.is_locked_out(); }

SqliteStore::Counters SqliteStore::counters() const {
  const auto& writer = impl_->writer;
  return {writer.transactions(), writer.commits(), writer.log_bytes()};
}

Versions SqliteStore::versions() const { return impl_->writer.versions(); }

void SqliteStore::look(const std::function<void(Snapshot&)>& body) const {
  impl_->readers.read(body);
  impl_->writer.durability().wait();
}

void SqliteStore::settle() {
  impl_->queue.settle();
  impl_->writer.settle();
}

bool SqliteStore::empty_log() {
  settle();
  return impl_->writer.empty_log();
}

void SqliteStore::run(const std::function<bool(topup::Tx&)>& body) { impl_->queue.submit(body); }

void SqliteStore::run_later(std::function<bool(topup::Tx&)>&& body,
                            std::function<void(std::exception_ptr failure)>&& done) {
  impl_->queue.submit_later(std::move(body), std::move(done));
}

void SqliteStore::run_read(const std::function<void(const topup::View&)>& body) {
  impl_->readers.read([&](Snapshot& snapshot) { body(snapshot.view); });
  impl_->writer.durability().wait();
}

void SqliteStore::run_inspect(const std::function<void(const topup::Archive&)>& body) {
  // A connection of its own: it may take minutes.
  Snapshot snapshot{impl_->file};
  read_once(snapshot, [&](Snapshot& moment) { body(SqliteArchive{moment.db, moment.formats}); });
  impl_->writer.durability().wait();
}

}  // namespace topupd
