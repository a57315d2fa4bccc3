#include "http/pages/samples.h"

#include <algorithm>

#include "http/api/json.h"
#include "http/api/openapi_parts.h"

namespace topupd::http {

namespace {

constexpr std::string_view kOnce = "pesanan-2026-0001";

using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

Headers headers_of(const SampleRequest& request) {
  Headers headers;
  if (request.is_known) headers.emplace_back("X-API-Key", kSampleKey);
  if (!request.body.empty()) headers.emplace_back("Content-Type", "application/json");
  if (request.is_once) headers.emplace_back("Idempotency-Key", kOnce);
  return headers;
}

// Items between brackets, a line each: `indent` before every item, `end` after the last.
template <class Items, class Write>
std::string lines(const Items& items, std::string_view indent, Write write) {
  std::string text;
  for (const auto& [name, value] : items)
    text.append(indent).append(write(name, value)).append(",\n");
  return text;
}

std::string with_colon(std::string_view name, std::string_view value) {
  return json_quoted(name).append(": ").append(value);
}

std::string in_curl(const SampleRequest& request) {
  std::string text = "curl";
  if (request.method == "POST") text += " -X POST";
  text.append(" \"").append(request.url).append("\"");
  for (const auto& [name, value] : headers_of(request))
    text.append(" \\\n  -H \"").append(name).append(": ").append(value).append("\"");
  if (request.body.empty()) return text;
  JsonObject body;
  for (const auto& [name, value] : request.body)
    body.raw(name, value);
  return text.append(" \\\n  -d '").append(body.str()).append("'");
}

std::string in_php(const SampleRequest& request) {
  std::string text = "<?php\n$ch = curl_init(" + json_quoted(request.url) + ");\n";
  text += "curl_setopt_array($ch, [\n  CURLOPT_RETURNTRANSFER => true,\n  CURLOPT_TIMEOUT => 30,\n";
  if (request.method == "POST") text += "  CURLOPT_POST => true,\n";
  if (const auto headers = headers_of(request); !headers.empty()) {
    text += "  CURLOPT_HTTPHEADER => [\n";
    text += lines(headers, "    ", [](std::string_view name, std::string_view value) {
      return json_quoted(std::string{name}.append(": ").append(value));
    });
    text += "  ],\n";
  }
  if (!request.body.empty()) {
    text += "  CURLOPT_POSTFIELDS => json_encode([\n";
    text += lines(request.body, "    ", [](std::string_view name, std::string_view value) {
      return json_quoted(name).append(" => ").append(value);
    });
    text += "  ]),\n";
  }
  return text + "]);\n$jawaban = json_decode(curl_exec($ch), true);\nprint_r($jawaban);";
}

std::string in_javascript(const SampleRequest& request) {
  std::string text = "const answer = await fetch(" + json_quoted(request.url);
  const auto headers = headers_of(request);
  if (request.method == "GET" && headers.empty())
    return text + ");\nconsole.log(await answer.json());";
  text += ", {\n";
  if (request.method == "POST") text += "  method: \"POST\",\n";
  if (!headers.empty()) {
    text += "  headers: {\n";
    text += lines(headers, "    ", [](std::string_view name, std::string_view value) {
      return with_colon(name, json_quoted(value));
    });
    text += "  },\n";
  }
  if (!request.body.empty()) {
    text += "  body: JSON.stringify({\n";
    text += lines(request.body, "    ", [](std::string_view name, std::string_view value) {
      return std::string{name}.append(": ").append(value);
    });
    text += "  }),\n";
  }
  return text + "});\nconsole.log(await answer.json());";
}

std::string in_python(const SampleRequest& request) {
  std::string text = "import requests\n\nanswer = requests.";
  text.append(request.method == "POST" ? "post" : "get").append("(\n    ");
  text.append(json_quoted(request.url)).append(",\n");
  Headers headers = headers_of(request);
  std::erase_if(headers, [](const auto& header) { return header.first == "Content-Type"; });
  if (!headers.empty()) {
    text += "    headers={\n";
    text += lines(headers, "        ", [](std::string_view name, std::string_view value) {
      return with_colon(name, json_quoted(value));
    });
    text += "    },\n";
  }
  if (!request.body.empty())
    text.append("    json={\n")
        .append(lines(request.body, "        ", with_colon))
        .append("    },\n");
  return text + "    timeout=30,\n)\nprint(answer.json())";
}

}  // namespace

std::string_view method_of(const Endpoint& endpoint) {
  return endpoint.effect == Effect::reads ? "GET" : "POST";
}

bool is_named(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const auto bar = std::min(names.find('|'), names.size());
    if (names.substr(0, bar) == name) return true;
    names.remove_prefix(std::min(names.size(), bar + 1));
  }
  return false;
}

// What is sent where nothing else is said: what must be, or else the first that can be.
std::string usual_names(const Endpoint& endpoint) {
  std::string names;
  for (const auto& parameter : endpoint.parameters)
    if (parameter.presence == Presence::required) names.append(parameter.name).append("|");
  if (names.empty() && !endpoint.parameters.empty()) names = endpoint.parameters.front().name;
  return names;
}

SampleRequest sample_request(const Endpoint& endpoint, std::string_view names,
                             const std::string& public_url) {
  SampleRequest request{
      .method = method_of(endpoint),
      .url = public_url + std::string{endpoint.path},
      .is_known = endpoint.access != Access::open,
      .is_once = endpoint.repeat == Repeat::by_idempotency_key && !is_named(names, "ref_id")};
  char before = '?';
  for (const auto& parameter : endpoint.parameters) {
    const auto place = "{" + std::string{parameter.name} + "}";
    if (const auto at = request.url.find(place); at != std::string::npos) {
      request.url.replace(at, place.size(), parameter.example);
    } else if (is_named(names, parameter.name) && endpoint.effect == Effect::changes) {
      request.body.emplace_back(parameter.name, json_example(parameter));
    } else if (is_named(names, parameter.name)) {
      request.url.append(1, before).append(parameter.name).append("=").append(parameter.example);
      before = '&';
    }
  }
  return request;
}

std::string indented(std::string_view json) {
  std::string out;
  std::size_t depth = 0;
  bool is_in_text = false;
  const auto new_line = [&] { out.append("\n").append(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"' && (i == 0 || json[i - 1] != '\\')) is_in_text = !is_in_text;
    const bool closes = !is_in_text && (c == '}' || c == ']');
    const bool is_empty = closes && (json[i - 1] == '{' || json[i - 1] == '[');
    if (closes) --depth;
    if (closes && !is_empty) new_line();
    out += c;
    if (is_in_text) continue;
    if (c == '{' || c == '[') {
      ++depth;
      if (json[i + 1] != '}' && json[i + 1] != ']') new_line();
    }
    if (c == ',') new_line();
    if (c == ':') out += ' ';
  }
  return out;
}

const std::array<SampleWriter, 4> kSampleWriters{
    {{"curl", in_curl}, {"PHP", in_php}, {"JavaScript", in_javascript}, {"Python", in_python}}};

}  // namespace topupd::http
