#include "store/draft.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "store/errors.h"

namespace topupd {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 10;

// False once the file was renamed or removed by whoever had the lock before.
bool is_still(const fs::path& path, int descriptor) {
  struct stat here {};
  struct stat there {};
  return fstat(descriptor, &here) == 0 && lstat(path.c_str(), &there) == 0 &&
         here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

void remove_beside(const fs::path& part) {
  std::error_code ignored;
  for (const auto* end : kBesideDatabase)
    fs::remove(with(part, end), ignored);
}

// Some file systems can't refuse to replace.
int rename_to_new(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (is_taken(to)) return EEXIST;
  return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

fs::path with(const fs::path& file, std::string_view end) {
  return file.string() + std::string{end};
}

fs::path folder_of(const fs::path& file) {
  return file.parent_path().empty() ? fs::path{"."} : file.parent_path();
}

bool is_taken(const fs::path& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

void fail_for(const fs::path& path, std::string_view what, int error) {
  throw StoreUnusable{path.string() + " " + std::string{what} + ": " +
                      std::generic_category().message(error)};
}

void make_names_durable(const fs::path& folder) {
  int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = descriptor < 0 || fsync(descriptor) != 0 ? errno : 0;
  if (descriptor >= 0) close(descriptor);
  if (error != 0) fail_for(folder, "could not be made durable", error);
}

Draft::Draft(const fs::path& final_name) : final_{final_name}, part_{with(final_name, ".part")} {
  for (int attempt = 0; attempt < kAttempts && descriptor_ < 0; ++attempt)
    take();
  if (descriptor_ < 0) throw StoreUnusable{part_.string() + " is being written by somebody else"};
  int error = ftruncate(descriptor_, 0) != 0 || fchmod(descriptor_, 0600) != 0 ? errno : 0;
  if (error != 0) {
    close(descriptor_);
    fail_for(part_, "could not be written", error);
  }
  remove_beside(part_);
}

// The lock is on the open file, so that it ends with the process; SQLite's own are of another kind.
void Draft::take() {
  int opened = ::open(part_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (opened < 0) fail_for(part_, "could not be written", errno);
  if (flock(opened, LOCK_EX | LOCK_NB) == 0 && is_still(part_, opened))
    descriptor_ = opened;
  else
    close(opened);
}

Draft::~Draft() {
  std::error_code ignored;
  if (!is_named_) {
    fs::remove(part_, ignored);
    remove_beside(part_);
  }
  close(descriptor_);
}

void Draft::write(std::string_view text) const {
  errno = ENOSPC;  // for a write that is cut short
  if (::write(descriptor_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    fail_for(part_, "could not be written", errno);
}

void Draft::sync() const {
  if (fsync(descriptor_) != 0) fail_for(part_, "could not be made durable", errno);
}

void Draft::become_new() {
  sync();
  if (int error = rename_to_new(part_, final_); error != 0)
    fail_for(final_, "could not be written", error);
  is_named_ = true;
  make_names_durable(folder_of(final_));
}

void Draft::replace() {
  sync();
  if (std::rename(part_.c_str(), final_.c_str()) != 0)
    fail_for(final_, "could not be written", errno);
  is_named_ = true;
  make_names_durable(folder_of(final_));
}

}  // namespace topupd
