#include "data_dir.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "catch.h"
#include "process/temp_dir.h"

using namespace topupd;

namespace {

int mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return static_cast<int>(status.st_mode & 0777);
}

// The sentence of the error, or "done".
template <class Body>
std::string outcome(Body body) {
  try {
    body();
  } catch (const DataDirError& error) {
    return error.what();
  }
  return "done";
}

}  // namespace

TEST_CASE("a missing directory is created for its owner alone", "[data_dir]") {
  TempDir temp;
  const auto dir = temp.path() / "a" / "b";
  prepare_data_dir(dir);
  CHECK(mode_of(dir) == 0700);
  CHECK(mode_of(dir.parent_path()) == 0700);
  std::ofstream{dir / "file"} << "x";
  CHECK(mode_of(dir / "file") == 0600);
  CHECK(outcome([&] { prepare_data_dir(dir); }) == "done");
}

TEST_CASE("what is no directory is refused", "[data_dir]") {
  TempDir temp;
  const auto file = temp.path() / "file";
  std::ofstream{file} << "x";
  CHECK(outcome([&] { prepare_data_dir(file); }) != "done");
  CHECK(outcome([&] { prepare_data_dir(file / "below"); }) != "done");
  CHECK(outcome([&] { DataDirLock{temp.path() / "missing"}; }) != "done");
}

TEST_CASE("one process writes at a time, and the second is told which", "[data_dir]") {
  TempDir temp;
  prepare_data_dir(temp.path());
  {
    DataDirLock first{temp.path()};
    CHECK(outcome([&] { DataDirLock{temp.path()}; }) ==
          "The data directory " + temp.path().string() + " is in use by process " +
              std::to_string(getpid()) + ".");
  }
  CHECK(outcome([&] { DataDirLock{temp.path()}; }) == "done");
}

TEST_CASE("a lock ends with its process", "[data_dir]") {
  TempDir temp;
  prepare_data_dir(temp.path());
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    DataDirLock held{temp.path()};
    _exit(0);  // without a destructor, as after a crash
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  std::ifstream pid_text{temp.path() / "lock"};
  pid_t pid = 0;
  pid_text >> pid;
  CHECK(pid == child);
  CHECK(outcome([&] { DataDirLock{temp.path()}; }) == "done");
}

TEST_CASE("network file systems are known", "[data_dir]") {
  struct Row {
    std::int64_t type;
    std::string mount;
    std::string name;
  };
  for (const auto& [type, mount, name] : {
           Row{0xEF53, "ext4", ""},
           Row{0x58465342, "xfs", ""},
           Row{0x9123683E, "btrfs", ""},
           Row{0x01021994, "tmpfs", ""},
           Row{0x794C7630, "overlay", ""},
           Row{0x6969, "nfs4", "NFS"},
           Row{0xFF534D42, "cifs", "CIFS"},
           Row{static_cast<std::int32_t>(0xFF534D42), "cifs", "CIFS"},
           Row{0xFE534D42, "smb3", "SMB2"},
           Row{0x01021997, "9p", "9p"},
           Row{0x65735546, "fuseblk", ""},
           Row{0x65735546, "fuse.gocryptfs", ""},
           Row{0x65735546, "fuse.sshfs", "fuse.sshfs"},
           Row{0x65735546, "", ""},
           Row{0xEF53, "fuse.sshfs", ""},
       }) {
    CAPTURE(type, mount);
    CHECK(network_file_system(type, mount).value_or("") == name);
  }
}

TEST_CASE("the descriptor limit is raised as far as it goes", "[data_dir]") {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit low = before;
  low.rlim_cur = 64;
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  CHECK(raise_descriptor_limit() == before.rlim_max);
  rlimit after{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &after) == 0);
  CHECK(after.rlim_cur == before.rlim_max);
  setrlimit(RLIMIT_NOFILE, &before);
}
