#include "bench/scene.h"

#include <algorithm>
#include <stdexcept>

namespace topupd::bench {

LoadResult place_orders(Scene& scene, const Shopfront& front, std::int64_t count) {
  auto first = scene.next_order;
  scene.next_order += count;
  auto result = run({front.port, front.connections, count, [&](std::int64_t number) {
                       return request_of(scene.size, first + number, front.keys);
                     }});
  if (result.failed > 0)
    throw std::runtime_error{std::to_string(result.failed) +
                             " orders failed: " + result.first_failure};
  return result;
}

LoadResult place_for_a_while(Scene& scene, const Shopfront& front, std::int64_t warm_up) {
  auto warm = place_orders(scene, front, warm_up);
  auto count = static_cast<std::int64_t>(warm.rate() * scene.options.seconds);
  return place_orders(scene, front, std::max(warm_up, count));
}

}  // namespace topupd::bench
