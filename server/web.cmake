# The dashboard: the files of server/web as they stand, and the libraries of others that they load
# (scripts/web.sh), each as one archive inside the program.
set(TOPUP_WEB_DIR "${PROJECT_SOURCE_DIR}/build/third_party/web" CACHE PATH
  "where the dashboard's libraries are, or are put")
set(web_libraries vendor/htm.js vendor/hooks.js vendor/preact.js)
list(TRANSFORM web_libraries PREPEND ${TOPUP_WEB_DIR}/ OUTPUT_VARIABLE web_library_files)
add_custom_command(OUTPUT ${web_library_files} ${TOPUP_WEB_DIR}/LICENSE VERBATIM USES_TERMINAL
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/web.sh ${TOPUP_WEB_DIR}
  DEPENDS ${PROJECT_SOURCE_DIR}/scripts/web.sh ${CMAKE_CURRENT_SOURCE_DIR}/web/package.json
    ${CMAKE_CURRENT_SOURCE_DIR}/web/package-lock.json
  COMMENT "Fetching the dashboard's libraries")
add_custom_target(web_libraries DEPENDS ${web_library_files} ${TOPUP_WEB_DIR}/LICENSE)

# Found, not listed: the browser finds them by their imports, and a test follows those.
set(web_folder ${CMAKE_CURRENT_SOURCE_DIR}/web)
file(GLOB_RECURSE web_files CONFIGURE_DEPENDS RELATIVE ${web_folder}
  ${web_folder}/*.js ${web_folder}/*.css ${web_folder}/*.html ${web_folder}/*.svg)

# topup_embed_files(TARGET NAME FOLDER FILES...): files below the folder, as one archive.
function(topup_embed_files target name folder)
  set(archive ${CMAKE_CURRENT_BINARY_DIR}/${name}.tar)
  set(files ${ARGN})
  set(paths ${files})
  list(TRANSFORM paths PREPEND ${folder}/)
  add_custom_command(OUTPUT ${archive} VERBATIM
    COMMAND ${CMAKE_COMMAND} -E tar cf ${archive} --format=gnutar --mtime=1970-01-01UTC -- ${files}
    DEPENDS ${paths} WORKING_DIRECTORY ${folder})
  topup_embed(${target} ${name} ${archive})
endfunction()
