// A file that is being made: it gets its name once it is whole.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace topupd {

// Not thread-safe.  Everything throws StoreUnusable with a sentence where the machine fails.
class Draft {
 public:
  // Takes final_name + ".part", empty and 0600, where the file is to be; what somebody who died
  // left there is overwritten.  Throws as well if somebody is making the same file just now.
  explicit Draft(const std::filesystem::path& final_name);
  ~Draft();  // it is gone, unless it got its name
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  const std::filesystem::path& path() const { return part_; }

  void write(std::string_view text) const;

  // What was written so far is on the disk then.  Now and then while a large file is made, so
  // that its end does not hold up everybody else who waits for the disk.
  void sync() const;

  // Durable under its name when one of these returns.
  void become_new();  // throws if there is anything of that name
  void replace();     // what has that name

 private:
  void take();

  const std::filesystem::path final_;
  const std::filesystem::path part_;
  int descriptor_ = -1;  // holds the lock
  bool is_named_ = false;
};

// Whether anything has that name, be it a link that leads nowhere.
bool is_taken(const std::filesystem::path& path);

// "a.db" + "-wal": what SQLite keeps beside a file.
inline constexpr const char* kBesideDatabase[] = {"-journal", "-wal", "-shm"};
std::filesystem::path with(const std::filesystem::path& file, std::string_view end);

// The folder that a file is in; "." for a name alone.
std::filesystem::path folder_of(const std::filesystem::path& file);

// What was renamed, linked or removed in a folder stays so.
void make_names_durable(const std::filesystem::path& folder);

// "a.db could not be made durable: No space left on device"
[[noreturn]] void fail_for(const std::filesystem::path& path, std::string_view what, int error);

}  // namespace topupd
