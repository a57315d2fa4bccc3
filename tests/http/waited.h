// For those who call handlers themselves.

#pragma once

#include <future>
#include <memory>
#include <utility>

#include "http/message.h"

namespace topupd::http {

// The answer itself, where it comes later.
inline Response waited_for(Response response) {
  while (response.later) {
    const auto later = std::move(response.later);
    auto ready = std::make_shared<std::promise<void>>();
    later->begin([ready] { ready->set_value(); });
    ready->get_future().wait();
    response = later->finish();
  }
  return response;
}

}  // namespace topupd::http
