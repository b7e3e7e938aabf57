#ifndef MADOGUCHI_TESTS_SUPPORT_REDIS_SERVER_H
#define MADOGUCHI_TESTS_SUPPORT_REDIS_SERVER_H

#include <sys/types.h>
#include <string>
#include <vector>

namespace madoguchi::testing {

/// A redis-server of our own, with an own folder, reached only by a unix socket
/// in it. Without persistence unless the flags say otherwise. Not thread safe,
/// except `Ask`.
///
/// Aborts the test program if it cannot be started: a test without its Redis
/// says nothing.
class RedisServer {
 public:
  /// `flags` override settings, as on its command line: `--appendonly yes`.
  explicit RedisServer(std::vector<std::string> flags = {});
  /// Kills it and removes its folder.
  ~RedisServer();

  RedisServer(RedisServer const&) = delete;
  RedisServer& operator=(RedisServer const&) = delete;

  std::string const& socket() const { return socket_; }
  std::string const& folder() const { return folder_; }
  pid_t pid() const { return pid_; }

  /// Starts it again, with the same folder and flags, and waits until it
  /// answers. It must not be running.
  void Start();
  /// Lets it end in order, and waits for that.
  void Stop();
  /// As a power cut does, but for the page cache.
  void Kill();
  /// Freezes it, until `Resume`: connections stay, answers do not come.
  void Pause();
  void Resume();

  /// Sends one command over a connection of its own and answers all texts and
  /// integers of the reply in a row; an error as one text that begins with `-`.
  /// Nil is `(nil)`.
  std::vector<std::string> Ask(std::vector<std::string> const& command) const;
  /// `Ask` for a reply of one text.
  std::string AskOne(std::vector<std::string> const& command) const;

  /// Every key with its type and its whole content, to compare two moments.
  std::string DumpAll() const;

 private:
  bool Answers() const;
  void Signal(int signal);
  void Wait();

  std::vector<std::string> const flags_;
  std::string folder_;
  std::string socket_;
  pid_t pid_ = -1;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_REDIS_SERVER_H
