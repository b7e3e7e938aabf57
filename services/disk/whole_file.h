#ifndef MADOGUCHI_SERVICES_DISK_WHOLE_FILE_H
#define MADOGUCHI_SERVICES_DISK_WHOLE_FILE_H

#include <cstddef>
#include <string>
#include <string_view>

// What a journal does with its file. All answer whether it went, with the
// reason in errno; a signal in between does not matter.
namespace madoguchi::disk {

/// Writes all of `bytes` at the offset `at`.
bool WriteAll(int file, std::string_view bytes, std::size_t at);

/// Appends to `bytes` what is left of `file`.
bool ReadAll(int file, std::string& bytes);

/// Brings the folder of `path` to disk: a new name in it outlives a power cut
/// only then.
bool SyncFolderOf(std::string const& path);

}  // namespace madoguchi::disk

#endif  // MADOGUCHI_SERVICES_DISK_WHOLE_FILE_H
