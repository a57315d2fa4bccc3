#include "http/pages/manual.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include "http/api/openapi_parts.h"
#include "http/api/routes.h"
#include "http/document.h"
#include "http/pages/frame.h"
#include "http/pages/manual_words.h"
#include "http/pages/samples.h"

namespace topupd::http {

namespace {

constexpr Wording kTitle{"Petunjuk API", "API manual"};

// "order" of /api/order/create.
std::string_view tag_of(const Endpoint& endpoint) {
  auto rest = endpoint.path.substr(std::string_view{"/api/"}.size());
  return rest.substr(0, rest.find('/'));
}

// "get-api-order-status": a name in the page's address.
std::string id_of(const Endpoint& endpoint) {
  std::string id = endpoint.effect == Effect::reads ? "get" : "post";
  for (const char c : endpoint.path)
    if (c != '{' && c != '}') id += c == '/' ? '-' : c;
  return id;
}

class Manual {
 public:
  Manual(Html& html, const std::vector<Endpoint>& endpoints, const ManualOptions& options)
      : html_{html}, endpoints_{endpoints}, options_{options} {}

  void write() {
    add_top();
    html_.open("div", {{"class", "manual"}});
    add_contents();
    html_.open("main").element("h1", say(kTitle));
    add_key_form();
    for (const auto& chapter : manual_chapters())
      add_chapter(chapter);
    for (const auto& group : manual_groups())
      add_group(group);
    add_errors();
    if (options_.try_it == TryIt::in_the_sandbox) add_sandbox();
    html_.close().close();
  }

 private:
  std::string_view say(const Wording& wording) const { return wording.in(options_.language); }

  std::string_view summary(std::string_view text) const {
    return options_.language == Language::english ? text : in_indonesian(text);
  }

  // Text with `code` in it.
  void add_prose(std::string_view text) {
    bool is_code = false;
    while (true) {
      const auto tick = text.find('`');
      const auto part = text.substr(0, tick);
      if (is_code)
        html_.element("code", part);
      else
        html_.text(part);
      if (tick == std::string_view::npos) return;
      text.remove_prefix(tick + 1);
      is_code = !is_code;
    }
  }

  // Line by line: a line break is no text that a stranger could have written.
  void add_code(std::string_view lines) {
    html_.open("pre", {{"tabindex", "0"}}).open("code");
    while (true) {
      const auto end = lines.find('\n');
      html_.text(lines.substr(0, end));
      if (end == std::string_view::npos) break;
      html_.markup("\n");
      lines.remove_prefix(end + 1);
    }
    html_.close().close();
  }

  void add_paragraph(std::string_view text) {
    html_.open("p");
    add_prose(text);
    html_.close();
  }

  void add_top() {
    const bool is_english = options_.language == Language::english;
    html_.open("header").element("a", "Topup API", {{"href", "#begin"}, {"class", "brand"}});
    html_.element("a", is_english ? "Bahasa Indonesia" : "English",
                  {{"href", is_english ? "/docs" : "/docs?lang=en"},
                   {"lang", is_english ? "id" : "en"},
                   {"hreflang", is_english ? "id" : "en"}});
    html_.element("a", "openapi.json", {{"href", "/openapi.json"}, {"class", "wide"}});
    html_.element("a", say({"Dasbor", "Dashboard"}), {{"href", "/app"}}).close();
  }

  void add_link(const std::string& id, std::string_view text) {
    html_.open("li").element("a", text, {{"href", "#" + id}}).close();
  }

  void add_contents() {
    html_.open("nav", {{"aria-label", say({"Isi", "Contents"})}})
        .open("details", {{"open", ""}})
        .element("summary", say({"Isi", "Contents"}))
        .open("ul");
    for (const auto& chapter : manual_chapters())
      add_link(std::string{chapter.id}, say(chapter.title));
    for (const auto& group : manual_groups()) {
      html_.open("li").element("strong", say(group.title)).open("ul");
      for (const auto& endpoint : endpoints_)
        if (is_of(endpoint, group))
          add_link(id_of(endpoint), std::string{method_of(endpoint)}.append(" ").append(
                                        endpoint.path.substr(std::string_view{"/api/"}.size())));
      html_.close().close();
    }
    add_link("errors", say({"Kode kesalahan", "Error codes"}));
    if (options_.try_it == TryIt::in_the_sandbox) add_link("sandbox", "Sandbox");
    html_.close().close().close();
  }

  static bool is_of(const Endpoint& endpoint, const ManualGroup& group) {
    return is_in_manual(endpoint) && tag_of(endpoint) == group.tag;
  }

  // Shown by the script, which can do something with it.
  void add_key_form() {
    html_.open("form", {{"id", "key"}, {"class", "card"}, {"hidden", ""}})
        .element("label",
                 say({"API key Anda untuk contoh di bawah", "Your API key for the samples below"}),
                 {{"for", "key-text"}})
        .single("input", {{"id", "key-text"},
                          {"autocomplete", "off"},
                          {"spellcheck", "false"},
                          {"placeholder", "tk_…"}})
        .open("div", {{"id", "key-own"}, {"hidden", ""}})
        .element("label", "",
                 {{"for", "key-password"},
                  {"id", "key-who"},
                  {"data-text", say({"Kata sandi {user}, untuk mengambil kunci",
                                     "Password of {user}, to get the key"})}})
        .single(
            "input",
            {{"id", "key-password"}, {"type", "password"}, {"autocomplete", "current-password"}})
        .element("label", say({"Kode OTP, bila ada", "One-time code, if any"}),
                 {{"for", "key-otp"}})
        .single("input",
                {{"id", "key-otp"}, {"inputmode", "numeric"}, {"autocomplete", "one-time-code"}})
        .element("button", say({"Isi dengan kunci saya", "Fill in my key"}), {{"type", "submit"}})
        .close()
        .element("p", "", {{"id", "key-said"}, {"role", "status"}, {"class", "soft"}})
        .element("p",
                 say({"Kunci hanya diingat sampai halaman ini ditutup.",
                      "The key is remembered until this page is closed."}),
                 {{"class", "soft"}})
        .close();
  }

  void add_chapter(const ManualChapter& chapter) {
    html_.open("section", {{"id", chapter.id}}).element("h2", say(chapter.title));
    for (const auto& paragraph : chapter.paragraphs)
      add_paragraph(say(paragraph));
    html_.close();
  }

  void add_group(const ManualGroup& group) {
    html_.element("h2", say(group.title));
    for (const auto& endpoint : endpoints_)
      if (is_of(endpoint, group)) add_endpoint(endpoint);
  }

  void add_endpoint(const Endpoint& endpoint) {
    html_.open("section", {{"id", id_of(endpoint)}, {"class", "card route"}});
    html_.open("h3")
        .element("span", method_of(endpoint),
                 {{"class", endpoint.effect == Effect::reads ? "get" : "post"}})
        .text(" ")
        .element("code", endpoint.path)
        .close();
    add_paragraph(std::string{summary(endpoint.summary)} + ".");
    if (const auto note = say(manual_note(endpoint.path)); !note.empty()) add_paragraph(note);
    add_parameters(endpoint);
    add_samples(endpoint);
    html_.element("h4", say({"Jawaban", "Answer"}));
    add_code(indented(endpoint.example));
    add_refusals(endpoint);
    if (options_.try_it == TryIt::in_the_sandbox) add_try_it(endpoint);
    html_.close();
  }

  std::string_view type_of(const Parameter& parameter) const {
    switch (parameter.type) {
      case ParameterType::text:
      case ParameterType::code:
      case ParameterType::secret:
      case ParameterType::table: return say({"teks", "text"});
      case ParameterType::money: return "rupiah";
      case ParameterType::count: return say({"angka", "number"});
      case ParameterType::flag: return "true / false";
      case ParameterType::list: return say({"daftar teks", "list of texts"});
      case ParameterType::from:
      case ParameterType::to: return say({"tanggal", "date"});
    }
    __builtin_unreachable();
  }

  void add_parameters(const Endpoint& endpoint) {
    if (endpoint.parameters.empty()) return;
    html_.element("h4", "Parameter").open("dl");
    for (const auto& parameter : endpoint.parameters) {
      html_.open("div").open("dt").element("code", parameter.name).text(" ");
      html_.element("span", type_of(parameter));
      if (parameter.presence == Presence::required)
        html_.text(" ").element("em", say({"wajib", "required"}));
      html_.close().open("dd").text(summary(parameter.summary));
      if (!parameter.choices.empty()) html_.text(" ").element("code", parameter.choices);
      html_.close().close();
    }
    html_.close();
  }

  void add_samples(const Endpoint& endpoint) {
    bool has_own = false;
    for (const auto& sample : manual_samples()) {
      if (sample.path != endpoint.path) continue;
      has_own = true;
      if (sample.names == "addresses" && endpoint.effect == Effect::reads)
        add_sample(endpoint, {}, "");
      else
        add_sample(endpoint, say(sample.title), sample.names);
    }
    if (!has_own) add_sample(endpoint, {}, usual_names(endpoint));
  }

  // Tabs that need no script: a choice, and what is chosen is shown.
  void add_sample(const Endpoint& endpoint, std::string_view title, std::string_view names) {
    const auto request = sample_request(endpoint, names, options_.public_url);
    const auto group = "sample-" + std::to_string(++samples_);
    const auto heading =
        title.empty() ? std::string{say({"Contoh", "Sample"})} : std::string{title};
    html_.element("h4", heading)
        .open("div", {{"class", "sample"},
                      {"role", "group"},
                      {"aria-label", heading + ": " + id_of(endpoint)}});
    for (const auto& writer : kSampleWriters) {
      const auto id = group + "-" + std::string{writer.name};
      const bool is_first = &writer == kSampleWriters.begin();
      html_.markup("<input type=\"radio\" name=\"" + group + "\" id=\"" + id + "\" value=\"" +
                   std::string{writer.name} + "\"" + (is_first ? " checked>" : ">"));
      html_.element("label", writer.name, {{"for", id}});
    }
    for (const auto& writer : kSampleWriters)
      add_code(writer.write(request));
    html_.element("button", say({"Salin", "Copy"}),
                  {{"type", "button"},
                   {"class", "copy"},
                   {"data-copied", say({"Tersalin", "Copied"})},
                   {"hidden", ""}});
    html_.close();
  }

  void add_refusals(const Endpoint& endpoint) {
    if (endpoint.refusals.empty()) return;
    html_.open("p", {{"class", "soft"}})
        .text(say({"Bisa ditolak dengan: ", "May be refused with: "}));
    std::string_view between;
    for (const auto code : endpoint.refusals) {
      html_.text(between).open("a", {{"href", "#errors"}});
      html_.element("code", row_of(code).word).close();
      between = " ";
    }
    html_.close();
  }

  void add_try_it(const Endpoint& endpoint) {
    const auto once = endpoint.repeat == Repeat::by_idempotency_key ? "yes" : "no";
    html_.open("details", {{"class", "try"}, {"hidden", ""}})
        .element("summary", say({"Coba di sandbox", "Try it in the sandbox"}))
        .open("form", {{"data-method", method_of(endpoint)},
                       {"data-path", endpoint.path},
                       {"data-once", once}});
    const auto usual = usual_names(endpoint);
    for (const auto& parameter : endpoint.parameters) {
      const bool is_filled = is_named(usual, parameter.name);
      html_.open("label").element("code", parameter.name);
      html_.single("input", {{"name", parameter.name},
                             {"value", is_filled ? parameter.example : ""},
                             {"autocomplete", "off"}});
      html_.close();
    }
    html_.element("button", say({"Kirim", "Send"}), {{"type", "submit"}});
    html_.open("pre", {{"class", "answer"}, {"tabindex", "0"}, {"role", "status"}, {"hidden", ""}})
        .close()
        .close()
        .close();
  }

  void add_errors() {
    html_.open("section", {{"id", "errors"}}).element("h2", say({"Kode kesalahan", "Error codes"}));
    add_paragraph(
        say({"`code` tidak berubah dan boleh dipakai program; `pesan` dan `message` "
             "untuk dibaca orang; `field` menyebut parameter yang salah.",
             "`code` does not change, for programs; `pesan` and `message` are for "
             "people; `field` names the parameter to blame."}));
    html_.open("dl", {{"class", "card"}});
    for (const auto& row : error_rows()) {
      html_.open("div").open("dt").element("code", row.word).text(" ");
      html_.element("span", std::to_string(row.status)).close();
      html_.element("dd", options_.language == Language::english ? row.message : row.pesan);
      html_.close();
    }
    html_.close().close();
  }

  void add_sandbox() {
    html_.open("section", {{"id", "sandbox"}}).element("h2", "Sandbox");
    add_paragraph(
        say({"Server ini memakai uang mainan. Karakter terakhir `target` menentukan "
             "hasilnya:",
             "This server uses play money. The last character of `target` decides what "
             "happens:"}));
    html_.open("dl", {{"class", "card"}});
    for (const auto& row : sandbox_rows()) {
      html_.open("div").open("dt").element("code", "…" + std::string{row.ending}).close();
      html_.element("dd", say(row.outcome)).close();
    }
    html_.close();
    add_paragraph(
        say({"Tagihan dibayar dengan tombol di halamannya (`invoice_url`), atau "
             "`POST /sandbox/gateway/KODE/settle` dari mesin yang sama.",
             "A bill is paid by the button on its page (`invoice_url`), or by "
             "`POST /sandbox/gateway/CODE/settle` from the same machine."}));
    html_.close();
  }

  Html& html_;
  const std::vector<Endpoint>& endpoints_;
  const ManualOptions& options_;
  int samples_ = 0;
};

}  // namespace

bool is_in_manual(const Endpoint& endpoint) {
  const auto groups = manual_groups();
  const bool is_of_dashboard = endpoint.path.starts_with("/api/auth/") &&
                               endpoint.path != "/api/auth/register" &&
                               endpoint.path != "/api/auth/login";
  return endpoint.access != Access::admin && !is_of_dashboard &&
         std::ranges::any_of(groups, [&](const auto& g) { return g.tag == tag_of(endpoint); });
}

std::string manual_html(const std::vector<Endpoint>& endpoints, const ManualOptions& options) {
  const Frame frame{.title = std::string{kTitle.in(options.language)} + " · Topup",
                    .language = options.language,
                    .script = "manual.js",
                    .style = "manual.css"};
  return page_html(frame, [&](Html& html) { Manual{html, endpoints, options}.write(); });
}

std::vector<Route> manual_routes(App& app, TryIt try_it) {
  // Made by whichever request comes first: the server knows its own address when it listens.
  struct Made {
    std::once_flag once;
    std::array<Document, 2> documents;  // by language
  };
  const auto made = std::make_shared<Made>();
  const auto show = [&app, try_it, made](const Request& request) {
    std::call_once(made->once, [&] {
      for (const auto language : {Language::indonesian, Language::english})
        made->documents.at(static_cast<std::size_t>(language)) =
            make_document("text/html; charset=utf-8",
                          manual_html(api_endpoints(), {app.public_url, language, try_it}));
    });
    const auto& document = made->documents.at(static_cast<std::size_t>(language_of(request)));
    auto response = answer_with(document, request, "no-cache");
    add_page_headers(response, {.title = {}, .script = "manual.js"});
    return response;
  };
  return {{"GET", "/docs", show}};
}

}  // namespace topupd::http
