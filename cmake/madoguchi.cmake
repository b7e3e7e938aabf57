# Builds every test that tests/run.sh also runs under AddressSanitizer.
add_custom_target(sanitize_tests)

# madoguchi_test(NAME target SOURCES a_test.cc ... LIBRARIES lib ...
#                [LABELS label ...] [TIMEOUT seconds])
#
# Builds one test program and registers each of its cases with ctest. LABELS:
# `redis` starts a redis-server, `system` starts servers; `sanitize` runs under
# ASan in tests/run.sh, and its program is part of the target `sanitize_tests`.
function(madoguchi_test)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_link_libraries(${arg_NAME} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  if("sanitize" IN_LIST arg_LABELS)
    add_dependencies(sanitize_tests ${arg_NAME})
  endif()
  # gtest_discover_tests splits lists. One label, `redis,sanitize`, is found by
  # `ctest -L sanitize` too: that is a regular expression.
  list(JOIN arg_LABELS "," label)
  gtest_discover_tests(${arg_NAME}
    NO_PRETTY_VALUES
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${label}")
endfunction()

# madoguchi_lua(VARIABLE file.lua ...)
#
# Sets VARIABLE to the files in a row: a library of Redis Functions, the first
# line of which names it. Configures again when one changes.
function(madoguchi_lua variable)
  set(library "")
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND library "${text}")
  endforeach()
  set(${variable} "${library}" PARENT_SCOPE)
endfunction()
