// A disk in memory that remembers what it was told, in order, and fails when it is told to.
//
// A write is durable once its file was synced.  Used by one thread at a time.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace topupd::crash {

// Files by name, whole.
using Image = std::map<std::string, std::string>;

struct Act {
  enum class Kind { create, write, truncate, sync, failed_sync, remove };
  Kind kind;
  std::string file;
  std::size_t offset = 0;  // of a write; the size after a truncate
  std::string bytes;       // of a write
};

// As the page cache shows it.
void carry_out(const Act& act, Image& image);

enum class Fault {
  read_fails,
  read_is_cut,   // nothing comes back, as from beyond the file's end
  write_fails,   // nothing of it is written
  disk_is_full,  // the same, for want of space
  space_ends,    // half of it is written
  sync_fails,    // what was written since the last sync may be lost whatever is synced later
};

struct FaultPlan {
  enum class Lasting { once, for_good };
  Fault fault;
  std::int64_t skip = 0;  // so many calls of its kind succeed before
  Lasting lasting = Lasting::once;
};

enum class Outcome { done, failed, full, cut };

class Disk {
 public:
  enum class Memory { of_all_acts, of_nothing };
  explicit Disk(Image content = {}, Memory memory = Memory::of_all_acts)
      : now_{std::move(content)}, memory_{memory} {}

  void plan(const FaultPlan& plan) { plan_ = plan; }
  void heal() { plan_ = std::nullopt; }
  bool has_failed() const { return has_failed_; }

  bool exists(const std::string& file) const { return now_.contains(file); }
  std::size_t size(const std::string& file) { return now_[file].size(); }
  void create(const std::string& file);
  // Fills the end with zeros where the file is shorter; the outcome is cut then.
  Outcome read(const std::string& file, std::size_t offset, char* to, std::size_t count);
  Outcome write(const std::string& file, std::size_t offset, std::string_view bytes);
  void truncate(const std::string& file, std::size_t size);
  Outcome sync(const std::string& file);
  void remove(const std::string& file);

  const Image& content() const { return now_; }
  // Everything since the beginning.
  const std::vector<Act>& acts() const { return acts_; }
  std::size_t moment() const { return acts_.size(); }

 private:
  void note(Act act);
  bool strikes(Fault fault);

  Image now_;
  Memory memory_;
  std::vector<Act> acts_;
  std::optional<FaultPlan> plan_;
  bool has_failed_ = false;
};

}  // namespace topupd::crash
