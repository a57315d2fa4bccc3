#include <iostream>

#include "version.h"

int main() {
  std::cout << topupd::version_text(1);
  return 0;
}
