#include "http/edge_events.h"

#include <utility>

namespace topupd::http {

namespace {

std::string rendered(const Event& event) {
  std::string text;
  if (!event.id.empty()) text.append("id: ").append(event.id).append("\n");
  if (!event.name.empty()) text.append("event: ").append(event.name).append("\n");
  std::string_view rest = event.data;
  while (true) {
    const auto line_end = rest.find('\n');
    text.append("data: ").append(rest.substr(0, line_end)).append("\n");
    if (line_end == std::string_view::npos) break;
    rest.remove_prefix(line_end + 1);
  }
  return text += '\n';
}

}  // namespace

bool EventStream::publish(const Event& event) {
  const std::string text = rendered(event);
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  if (waiting_.size() + text.size() > bytes_max_) closed_ = true;
  const bool was_empty = waiting_.empty();
  if (!closed_) waiting_ += text;
  if (wake_ && (was_empty || closed_)) wake_();
  return !closed_;
}

void EventStream::close() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(closed_, true)) return;
  if (wake_) wake_();
}

bool EventStream::is_closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void EventStream::attach(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void EventStream::detach() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
}

void Broadcaster::add(std::shared_ptr<EventStream> stream) {
  const std::lock_guard lock(mutex_);
  streams_.push_back(std::move(stream));
}

std::size_t Broadcaster::publish(const Event& event) {
  const std::lock_guard lock(mutex_);
  std::erase_if(streams_, [&](const auto& stream) { return !stream->publish(event); });
  return streams_.size();
}

void Broadcaster::close_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& stream : streams_)
    stream->close();
  streams_.clear();
}

std::size_t Broadcaster::size() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

Response event_stream(std::shared_ptr<EventStream> stream) {
  return {.content_type = "text/event-stream; charset=utf-8",
          .headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},
          .stream = std::move(stream)};
}

}  // namespace topupd::http
