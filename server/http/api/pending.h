// Answers that wait for a commit, without a thread that waits.

#pragma once

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "http/api/endpoint.h"
#include "topup/store.h"

namespace topupd::http {

// Runs body(Tx&), which returns a Result, as Store::transact() would; the answer is what
// then(Result) makes of it.  Both run when the handler has long returned: they own what they use,
// or it outlives the server.
template <class Body, class Then>
Pending transact_then(topup::Store& store, Body body, Then then) {
  using Result = std::invoke_result_t<Body&, topup::Tx&>;
  struct Work {
    Body body;
    Then then;
    topup::Store::Outcome<Result> outcome = {};
  };
  auto work = std::make_shared<Work>(Work{std::move(body), std::move(then)});
  auto begin = [&store, work](std::function<void()> ready) {
    store.transact_later([work](topup::Tx& tx) { return work->body(tx); },
                         [work, ready = std::move(ready)](auto outcome) {
                           work->outcome = std::move(outcome);
                           ready();
                         });
  };
  return {std::move(begin), [work] { return work->then(work->outcome.take()); }};
}

}  // namespace topupd::http
