#include "server/small_client.h"

#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

namespace topupd::test {

namespace {

using Json = nlohmann::json;

Json value_at(const std::string& body, const std::string& pointer) {
  const auto json = Json::parse(body, nullptr, false);
  const Json::json_pointer path{pointer};
  if (json.is_discarded() || !json.contains(path)) return Json(Json::value_t::discarded);
  return json.at(path);
}

bool has(const Headers& headers, std::string_view name) {
  for (const auto& header : headers)
    if (header.first == name) return true;
  return false;
}

std::string lines_of(const Headers& headers) {
  std::string lines;
  for (const auto& [name, value] : headers)
    lines += name + ": " + value + "\r\n";
  return lines;
}

}  // namespace

std::string Answer::at(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  return value.is_discarded() ? "" : value.dump();
}

std::string Answer::text(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  return value.is_string() ? value.get<std::string>() : "no text at " + pointer + " of " + body;
}

std::int64_t Answer::number(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  if (!value.is_number_integer())
    throw std::runtime_error{"no whole number at " + pointer + " of " + body};
  return value.get<std::int64_t>();
}

std::string Answer::names(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  if (!value.is_object()) return "no object at " + pointer + " of " + body;
  std::string names;
  for (const auto& [name, member] : value.items())
    names += (names.empty() ? "" : " ") + name;
  return names;
}

int Answer::size(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  return value.is_array() ? static_cast<int>(value.size()) : -1;
}

std::string Answer::outcome() const {
  auto outcome = std::to_string(status);
  if (status < 400) return outcome;
  outcome += " " + text("/code");
  if (!at("/field").empty()) outcome += " " + text("/field");
  return outcome;
}

Answer SmallClient::get(const std::string& target, const Headers& headers) {
  return send("GET", target, "", headers);
}

Answer SmallClient::post(const std::string& target, const std::string& body,
                         const Headers& headers) {
  auto all = headers;
  if (!has(headers, "Content-Type")) all.emplace_back("Content-Type", "application/json");
  return send("POST", target, body, all);
}

Answer SmallClient::send(const std::string& method, const std::string& target,
                         const std::string& body, const Headers& headers) {
  auto all = always_;
  all.insert(all.end(), headers.begin(), headers.end());
  if (!key_.empty()) all.emplace_back("X-API-Key", key_);
  if (method != "GET" && method != "HEAD")
    all.emplace_back("Content-Length", std::to_string(body.size()));
  const auto request =
      method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines_of(all) + "\r\n" + body;
  const auto framing = method == "HEAD" ? RawBody::none : RawBody::as_framed;
  if (!connection_) connection_.emplace(port_);
  Answer answer{connection_->ask(request, framing)};
  if (answer.status == 0 || answer.header("connection") == "close") connection_.reset();
  return answer;
}

Answer SmallClient::send_raw(const std::string& bytes) const {
  RawClient connection{port_};
  return Answer{connection.ask(bytes)};
}

bool matches(const std::string& text, const std::string& pattern) {
  return std::regex_match(text, std::regex{pattern});
}

}  // namespace topupd::test
