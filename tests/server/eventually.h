// Waiting for what the server does by itself, with an end.

#pragma once

#include <chrono>
#include <thread>

namespace topupd::test {

// Asks every few milliseconds until the answer is yes; no when 30 seconds have passed, which no
// test takes unless something is broken.
template <class Ask>
bool eventually(Ask is_so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

}  // namespace topupd::test
