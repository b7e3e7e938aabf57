# madoguchi_test(NAME target SOURCES a_test.cc ... LIBRARIES lib ...
#                [LABELS label ...] [TIMEOUT seconds])
#
# Builds one test program and registers each of its cases with ctest. LABELS:
# `redis` starts a redis-server, `system` starts servers; `sanitize` runs under
# ASan in tests/run.sh.
function(madoguchi_test)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_link_libraries(${arg_NAME} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  gtest_discover_tests(${arg_NAME}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()
