#include "data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace topupd {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path, int error) {
  throw DataDirError{what + " " + path.string() + ": " + std::generic_category().message(error)};
}

struct NumberedFileSystem {
  std::uint32_t type;  // f_type of statfs(), see its manual page
  const char* name;
};

constexpr std::array kNetworkTypes{
    NumberedFileSystem{0x6969, "NFS"},      NumberedFileSystem{0x517B, "SMB"},
    NumberedFileSystem{0xFF534D42, "CIFS"}, NumberedFileSystem{0xFE534D42, "SMB2"},
    NumberedFileSystem{0x01021997, "9p"},   NumberedFileSystem{0x5346414F, "AFS"},
    NumberedFileSystem{0x00C36400, "Ceph"}, NumberedFileSystem{0x73757245, "Coda"},
    NumberedFileSystem{0x564C, "NCP"},      NumberedFileSystem{0x0BD00BD0, "Lustre"},
    NumberedFileSystem{0x01161970, "GFS2"}, NumberedFileSystem{0x7461636F, "OCFS2"},
};

constexpr std::uint32_t kFuse = 0x65735546;

constexpr std::array kNetworkFuse{
    "fuse.ceph",   "fuse.cephfs",    "fuse.curlftpfs", "fuse.davfs",       "fuse.gcsfuse",
    "fuse.goofys", "fuse.glusterfs", "fuse.juicefs",   "fuse.mount.davfs", "fuse.rclone",
    "fuse.s3fs",   "fuse.seaweedfs", "fuse.smbnetfs",  "fuse.sshfs",       "fuse.blobfuse",
};

// The type in the mount table of what is mounted where `dir` is; empty if it isn't listed.
std::string mount_type(const fs::path& dir) {
  struct stat status {};
  if (stat(dir.c_str(), &status) != 0) fail("Can't examine", dir, errno);
  const std::string device =
      std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev));

  // 36 35 98:0 /root /mount-point options optional-fields... - type source options
  std::ifstream table{"/proc/self/mountinfo"};
  for (std::string line; std::getline(table, line);) {
    std::istringstream words{line};
    std::string id, parent, its_device, word, type;
    words >> id >> parent >> its_device;
    if (its_device != device) continue;
    while (words >> word && word != "-") {
    }
    words >> type;
    return type;
  }
  return {};
}

void refuse_network(const fs::path& dir) {
  struct statfs status {};
  if (statfs(dir.c_str(), &status) != 0) fail("Can't examine", dir, errno);
  const auto name = network_file_system(status.f_type, mount_type(dir));
  if (name)
    throw DataDirError{"The data directory " + dir.string() + " is on a network file system (" +
                       *name + "), where the database is not safe. Choose a local disk."};
}

std::string holder(int descriptor) {
  char text[32];
  const auto length = pread(descriptor, text, sizeof text, 0);
  std::string pid;
  for (ssize_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; ++i)
    pid += text[i];
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

std::optional<std::string> network_file_system(std::int64_t statfs_type,
                                               std::string_view mount_type) {
  const auto type = static_cast<std::uint32_t>(statfs_type);  // some kernels sign-extend it
  for (const auto& known : kNetworkTypes)
    if (known.type == type) return known.name;
  if (type != kFuse) return std::nullopt;
  for (const char* known : kNetworkFuse)
    if (mount_type == known) return known;
  return std::nullopt;
}

fs::path prepare_data_dir(const fs::path& dir) {
  umask(0077);
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) fail("Can't create the data directory", dir, error.value());
  refuse_network(dir);
  return dir;
}

DataDirLock::DataDirLock(const fs::path& dir) {
  const auto path = dir / "lock";
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) fail("Can't open", path, errno);
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    const std::string who = holder(descriptor_);
    close(descriptor_);
    if (error != EWOULDBLOCK) fail("Can't lock", path, error);
    throw DataDirError{"The data directory " + dir.string() + " is in use by " + who + "."};
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor_, 0) != 0 ||
      pwrite(descriptor_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    const int error = errno;
    close(descriptor_);
    fail("Can't write", path, error);
  }
}

DataDirLock::~DataDirLock() { close(descriptor_); }

std::uint64_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  rlimit raised = limit;
  raised.rlim_cur = raised.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &raised) != 0) return limit.rlim_cur;
  return raised.rlim_cur;
}

}  // namespace topupd
