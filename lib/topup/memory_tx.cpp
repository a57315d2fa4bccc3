#include <mutex>
std::mutex planted;
