#include <iostream>

#include "version.h"

int main() {
  std::cout << topupd::version_text();
  return 0;
}
