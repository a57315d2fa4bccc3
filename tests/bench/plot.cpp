#include "bench/plot.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

namespace topupd::bench {
namespace {

struct Line {
  std::string name;
  std::vector<std::pair<double, double>> points;  // by x
};

struct Panel {
  std::string title;
  std::string x_title;
  std::vector<Line> lines;
};

constexpr double kWidth = 460;
constexpr double kHeight = 320;
constexpr double kLeft = 70;
constexpr double kTop = 40;
constexpr double kPlotWidth = 360;
constexpr double kPlotHeight = 200;
constexpr std::array<const char*, 6> kColours{"#1b6ca8", "#c8553d", "#2e8b57",
                                              "#8e5ea2", "#b8860b", "#444444"};

double number_in(const std::string& text, std::size_t at) {
  double number = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

Panel against_connections(const Report& report) {
  std::map<std::string, Line> lines;
  for (const auto& figure : report.figures()) {
    if (!figure.what.starts_with("create c=") || figure.metric != "a second") continue;
    auto& line = lines[figure.file];
    line.name = figure.file;
    line.points.emplace_back(number_in(figure.what, 9), figure.value);
  }
  Panel panel{"orders a second over HTTP", "connections", {}};
  for (auto& [file, line] : lines)
    panel.lines.push_back(std::move(line));
  return panel;
}

Panel against_size(const Report& report) {
  const std::array<std::string, 4> shown{"main accept", "main create", "limit raw place",
                                         "limit raw life"};
  const std::array<std::string, 4> names{"accepted over HTTP, 64 connections",
                                         "accepted over HTTP while suppliers deliver",
                                         "raw SQLite, place_order alone", "raw SQLite, whole life"};
  Panel panel{"orders a second", "finished orders in the file", {}};
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Line line{names.at(i), {}};
    for (const auto& figure : report.figures())
      if (figure.what == shown.at(i) && figure.metric == "a second")
        line.points.emplace_back(number_in(figure.file, 0), figure.value);
    if (!line.points.empty()) panel.lines.push_back(std::move(line));
  }
  return panel;
}

std::string text_at(double x, double y, const char* anchor, const std::string& text) {
  return "<text x='" + fixed(x, 1) + "' y='" + fixed(y, 1) + "' text-anchor='" + anchor + "'>" +
         text + "</text>\n";
}

// 1, 2 or 5 times a power of ten, at or above the value.
double round_up(double value) {
  double power = std::pow(10, std::floor(std::log10(value)));
  for (double step : {1.0, 2.0, 5.0})
    if (step * power >= value) return step * power;
  return 10 * power;
}

class Drawing {
 public:
  Drawing(const Panel& panel, double left) : panel_{panel}, left_{left + kLeft} {
    for (const auto& line : panel.lines)
      for (const auto& [x, y] : line.points) {
        xs_.insert(x);
        top_ = std::max(top_, y);
      }
    top_ = round_up(top_);
  }

  std::string svg() const {
    std::string svg = text_at(left_ + kPlotWidth / 2, kTop - 15, "middle", panel_.title) + axes();
    for (std::size_t i = 0; i < panel_.lines.size(); ++i)
      svg += line(panel_.lines[i], i);
    return svg;
  }

 private:
  double x_of(double x) const {
    double first = std::log2(*xs_.begin());
    double last = std::log2(*xs_.rbegin());
    return left_ + (last > first ? (std::log2(x) - first) / (last - first) : 0.5) * kPlotWidth;
  }
  double y_of(double y) const { return kTop + kPlotHeight * (1 - y / top_); }

  std::string axes() const {
    std::string svg;
    for (int i = 0; i <= 4; ++i) {
      auto value = top_ * i / 4;
      auto y = fixed(y_of(value), 1);
      svg += "<line x1='" + fixed(left_, 1) + "' x2='" + fixed(left_ + kPlotWidth, 1) + "' y1='" +
             y + "' y2='" + y + "' stroke='#ddd'/>\n";
      svg += text_at(left_ - 6, y_of(value) + 4, "end", fixed(value, 0));
    }
    for (double x : xs_)
      svg += text_at(x_of(x), kTop + kPlotHeight + 16, "middle", fixed(x, 0));
    return svg + text_at(left_ + kPlotWidth / 2, kTop + kPlotHeight + 34, "middle", panel_.x_title);
  }

  std::string line(const Line& line, std::size_t number) const {
    std::string colour = kColours.at(number % kColours.size());
    std::string points;
    std::string svg;
    for (const auto& [x, y] : line.points) {
      auto at = fixed(x_of(x), 1) + "," + fixed(y_of(y), 1);
      points += at + " ";
      svg += "<circle cx='" + fixed(x_of(x), 1) + "' cy='" + fixed(y_of(y), 1) + "' r='3' fill='" +
             colour + "'/>\n";
    }
    svg += "<polyline fill='none' stroke='" + colour + "' stroke-width='2' points='" + points +
           "'/>\n";
    auto y = kTop + kPlotHeight + 52 + 14 * static_cast<double>(number);
    return svg + "<g fill='" + colour + "'>" + text_at(left_, y, "start", line.name) + "</g>\n";
  }

  const Panel& panel_;
  const double left_;
  std::set<double> xs_;
  double top_ = 1;
};

}  // namespace

void draw(const Report& report, const std::filesystem::path& path) {
  std::vector<Panel> panels;
  for (auto panel : {against_connections(report), against_size(report)})
    if (!panel.lines.empty()) panels.push_back(std::move(panel));
  auto width = kWidth * static_cast<double>(panels.size());
  std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + fixed(width, 0) +
                    " " + fixed(kHeight + 20, 0) +
                    "' font-family='sans-serif' font-size='12'>\n"
                    "<rect width='100%' height='100%' fill='white'/>\n";
  for (std::size_t i = 0; i < panels.size(); ++i)
    svg += Drawing{panels[i], kWidth * static_cast<double>(i)}.svg();
  std::ofstream stream{path};
  stream << svg << "</svg>\n";
  if (!stream.flush()) throw std::runtime_error{"can't write " + path.string()};
}

}  // namespace topupd::bench
