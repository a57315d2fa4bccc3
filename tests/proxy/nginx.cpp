#include "proxy/nginx.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "http/raw_client.h"
#include "server/eventually.h"

namespace topupd::test {

namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The site file of the document.
std::string documented_site() {
  const std::string begin = "```nginx\n";
  const auto text = content_of(std::filesystem::path{TOPUP_SOURCE_DIR} / "docs" / "operating.md");
  const auto from = text.find(begin);
  if (from == std::string::npos) throw std::runtime_error{"docs/operating.md has no nginx site"};
  const auto after = from + begin.size();
  return text.substr(after, text.find("```", after) - after);
}

void replace_all(std::string& text, const std::string& old_part, const std::string& new_part) {
  auto at = text.find(old_part);
  if (at == std::string::npos) throw std::runtime_error{"the nginx site has no " + old_part};
  for (; at != std::string::npos; at = text.find(old_part, at + new_part.size()))
    text.replace(at, old_part.size(), new_part);
}

std::string configuration(const std::string& dir, const std::string& path, int backend_port) {
  std::string site = documented_site();
  replace_all(site, "listen 443 ssl;", "listen unix:" + path + ";");
  replace_all(site, "127.0.0.1:8080", "127.0.0.1:" + std::to_string(backend_port));
  replace_all(site, "_timeout 10s;", "_timeout 300ms;");
  std::string text = "daemon off;\nmaster_process off;\npid " + dir + "/pid;\nerror_log " + dir +
                     "/error.log info;\nevents {}\nhttp {\naccess_log off;\n"
                     "lingering_timeout 300ms;\n";
  for (const std::string kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text.append(kind).append("_temp_path ").append(dir).append("/").append(kind).append(";\n");
  return text + site + "}\n";
}

bool is_listening(const std::string& path) {
  try {
    const RawClient client{path};
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace

Nginx::Nginx(int backend_port) : path_{(dir_.path() / "http.sock").string()} {
  const auto dir = dir_.path().string();
  std::ofstream{dir + "/nginx.conf"} << configuration(dir, path_, backend_port);
  const std::vector<std::string> command{
      "/usr/sbin/nginx", "-p", dir, "-c", dir + "/nginx.conf", "-e", dir + "/error.log"};
  process_ = std::make_unique<ChildProcess>(command, dir + "/nginx");
  if (!eventually([&] { return is_listening(path_) || !process_->is_running(); }) ||
      !process_->is_running())
    throw std::runtime_error{"nginx does not start: " + process_->err() + errors()};
}

std::string Nginx::errors() const { return content_of(dir_.path() / "error.log"); }

}  // namespace topupd::test
