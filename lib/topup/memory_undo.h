// The one way in which MemoryStore changes its maps: each change is written down
// together with how to take it back.  Internal.

#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace topup {

class MemoryUndo {
 public:
  template <class Map>
  void set(Map& map, const typename Map::key_type& key, typename Map::mapped_type value) {
    remember(map, key);
    map.insert_or_assign(key, std::move(value));
  }

  template <class Map>
  void drop(Map& map, const typename Map::key_type& key) {
    if (!map.contains(key)) return;
    remember(map, key);
    map.erase(key);
  }

  template <class Record>
  void push(std::vector<Record>& list, const Record& record) {
    steps_.push_back([&list, size = list.size()] {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(size), list.end());
    });
    list.push_back(record);
  }

  std::size_t size() const { return steps_.size(); }

  // Takes back everything done since size() was that.
  void back_to(std::size_t size) {
    while (steps_.size() > size) {
      steps_.back()();
      steps_.pop_back();
    }
  }

 private:
  template <class Map>
  void remember(Map& map, const typename Map::key_type& key) {
    auto it = map.find(key);
    if (it == map.end())
      steps_.push_back([&map, key] { map.erase(key); });
    else
      steps_.push_back([&map, key, old = it->second] { map.insert_or_assign(key, old); });
  }

  std::vector<std::function<void()>> steps_;
};

}  // namespace topup
