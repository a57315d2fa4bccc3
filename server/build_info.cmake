# What a build is made from, asked at every build: the commit, and the packages whose code the
# program carries, with their versions and notices.  A package that isn't installed is not in it.
#
# cmake -D SOURCE=… -D BINARY=… -D PACKAGES=name=package,… -D HTTPLIB=… -P build_info.cmake
# writes BINARY/build_info.cpp and BINARY/licenses.txt, each only if it changes.

function(write_if_different file text)
  set(before "")
  if(EXISTS ${file})
    file(READ ${file} before)
  endif()
  if(NOT text STREQUAL before)
    file(WRITE ${file} "${text}")
  endif()
endfunction()

function(add_notice name file)
  if(EXISTS ${file})
    file(READ ${file} notice)
  else()
    set(notice "(The machine that built this program had no notice at ${file}.)\n")
  endif()
  string(APPEND licenses "================ ${name} ================\n\n${notice}\n")
  set(licenses "${licenses}" PARENT_SCOPE)
endfunction()

set(commit unknown)
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE head RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT failed)
  set(commit ${head})
  execute_process(COMMAND git -C ${SOURCE} status --porcelain
    OUTPUT_VARIABLE changes ERROR_QUIET)
  if(changes)
    string(APPEND commit " with changes")
  endif()
endif()

set(rows "")
set(licenses "")
string(REPLACE "," ";" packages "${PACKAGES}")
foreach(entry IN LISTS packages)
  string(REGEX MATCH "^(.*)=(.*)$" matched "${entry}")
  set(name ${CMAKE_MATCH_1})
  set(package ${CMAKE_MATCH_2})
  execute_process(COMMAND dpkg-query -W -f "\${db:Status-Status} \${Version}\n" ${package}
    OUTPUT_VARIABLE found RESULT_VARIABLE failed ERROR_QUIET)
  if(failed OR NOT found MATCHES "^installed ([^\n]+)")
    continue()
  endif()
  string(APPEND rows "      {\"${name}\", \"${CMAKE_MATCH_1}\"},\n")
  add_notice("${name}" /usr/share/doc/${package}/copyright)
endforeach()

if(EXISTS "${HTTPLIB}/httplib.h")
  file(STRINGS ${HTTPLIB}/httplib.h line REGEX "define CPPHTTPLIB_VERSION \"" LIMIT_COUNT 1)
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" version "${line}")
  string(APPEND rows "      {\"cpp-httplib\", \"${version}\"},\n")
  add_notice(cpp-httplib ${HTTPLIB}/LICENSE)
endif()
add_notice("preact, htm" ${WEB}/LICENSE)
add_notice("Apache License 2.0" /usr/share/common-licenses/Apache-2.0)

write_if_different(${BINARY}/licenses.txt "${licenses}")
write_if_different(${BINARY}/build_info.cpp "#include \"build_info.h\"

namespace topupd {

const char* const kBuildCommit = \"${commit}\";

const std::vector<CarriedLibrary>& carried_libraries() {
  static const std::vector<CarriedLibrary> libraries{
${rows}  };
  return libraries;
}

}  // namespace topupd
")
