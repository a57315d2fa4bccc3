#include <memory>
#include <string>

#include "http/api/news.h"
#include "http/api/routes.h"

namespace topupd::http {

namespace {

// For the dashboard: a session can be ended, and the stream with it.
// An event has some fifty bytes: who leaves this much unread is gone, or asks anew.
constexpr std::size_t kWaitingMax = std::size_t{8} * 1024;

Answer listen(Call& call) {
  if (call.session.empty()) return Fault{ErrorCode::forbidden};
  Subscriber subscriber{.user = call.user.id,
                        .role = call.user.role,
                        .session = std::string{call.session},
                        .last_seen = std::string{call.request.header("last-event-id")},
                        .stream = std::make_shared<EventStream>(kWaitingMax)};
  auto response = event_stream(subscriber.stream);
  call.app.listen(std::move(subscriber));
  return response;
}

}  // namespace

std::vector<Endpoint> news_endpoints() {
  return {{.path = "/api/events",
           .access = Access::anyone,
           .summary = "Server-sent events: open at first, then changed whenever an order, deposit "
                      "or withdrawal took a step; ask again then",
           .example = R"("event: changed\ndata: {}\n\n")",
           .media = "text/event-stream",
           .handler = listen}};
}

}  // namespace topupd::http
