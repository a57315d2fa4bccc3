// A pipe with a name: whoever writes to it is held up once 64 KiB wait in it, until it is read.

#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>

#include "process/temp_dir.h"

class Fifo {
 public:
  Fifo() {
    if (::mkfifo(path().c_str(), 0600) != 0) throw std::runtime_error{"mkfifo failed"};
    // Not blocking: nobody writes yet.
    reader_ = ::open(path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~Fifo() { ::close(reader_); }
  Fifo(const Fifo&) = delete;
  Fifo& operator=(const Fifo&) = delete;

  std::string path() const { return (dir_.path() / "fifo").string(); }

  // Until the last who writes has closed it.
  std::string read_to_end() {
    std::string text;
    std::array<char, 65'536> piece{};
    while (true) {
      pollfd wanted{reader_, POLLIN, 0};
      ::poll(&wanted, 1, -1);
      const auto bytes = ::read(reader_, piece.data(), piece.size());
      if (bytes <= 0) return text;
      text.append(piece.data(), static_cast<std::size_t>(bytes));
    }
  }

 private:
  TempDir dir_;
  int reader_ = -1;
};
