# topup_embed(TARGET NAME FILE): puts a file into the program, as it is and read-only, behind
#   namespace topupd { std::string_view embedded_NAME(); }
# which who needs it declares.  The assembler copies it: megabytes take no time to compile.
function(topup_embed target name file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include <cstddef>
#include <string_view>

asm(R"(
  .pushsection .rodata.topupd_@name@, "a", @progbits
topupd_@name@_begin:
  .incbin "@file@"
topupd_@name@_end:
  .byte 0
  .popsection
  .globl topupd_@name@_begin, topupd_@name@_end
)");

extern "C" const char topupd_@name@_begin[];
extern "C" const char topupd_@name@_end[];

namespace topupd {

std::string_view embedded_@name@();
std::string_view embedded_@name@() {
  return {topupd_@name@_begin,
          static_cast<std::size_t>(topupd_@name@_end - topupd_@name@_begin)};
}

}  // namespace topupd
]])
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
endfunction()
