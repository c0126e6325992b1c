"""A disk that forgets what was not synced, when its power goes: a file system over /dev/fuse, in memory.

    python3 forgetful-disk.py MOUNT_POINT PLATTER

What an fsync has reached survives SIGTERM, which is the power cut: bytes by the fsync of their file, names by the fsync of
their folder, as POSIX promises and no more. It is written to the folder PLATTER, from which the next start reads it.
Speaks the protocol of the kernel itself (https://www.kernel.org/doc/html/latest/filesystems/fuse.html); needs root.
"""

import ctypes
import errno
import os
import signal
import stat
import struct
import sys

mount_point, platter = sys.argv[1], sys.argv[2]
ROOT = 1
ATTR = struct.Struct("<6Q10I")
NO_CACHE = 0
MNT_DETACH = 2


class File:
    def __init__(self, mode, data=b""):
        self.mode = mode
        self.data = bytearray(data)
        self.synced = bytes(data)
        self.links = 0


class Folder:
    mode = stat.S_IFDIR | 0o755
    data = b""
    links = 2

    def __init__(self):
        self.names = {}
        self.synced = {}


class Refusal(Exception):
    pass


folders_and_files = {ROOT: Folder()}
root = folders_and_files[ROOT]
libc = ctypes.CDLL(None, use_errno=True)


def add(file):
    number = max(folders_and_files) + 1
    folders_and_files[number] = file
    return number


def load():
    for name in os.listdir(platter):
        path = os.path.join(platter, name)
        with open(path, "rb") as file:
            root.names[name.encode()] = add(File(os.stat(path).st_mode, file.read()))
    root.synced = dict(root.names)


def lose_power(*_):
    """Keeps what was synced, and nothing else."""
    libc.umount2(mount_point.encode(), MNT_DETACH)
    try:
        keep()
    finally:
        os._exit(0)


def keep():
    for name in os.listdir(platter):
        os.unlink(os.path.join(platter, name))
    for name, number in root.synced.items():
        file = folders_and_files[number]
        # The folders that the driver locks with hold nothing, and are gone like what was not synced.
        if isinstance(file, Folder):
            continue
        path = os.path.join(platter, name.decode())
        with open(path, "wb") as out:
            out.write(file.synced)
        os.chmod(path, stat.S_IMODE(file.mode))


def mount():
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
    if libc.mount(b"forgetful", mount_point.encode(), b"fuse", 0, options) != 0:
        sys.exit(f"No mount: {os.strerror(ctypes.get_errno())}")
    return device


def attributes(number):
    file = folders_and_files[number]
    size = len(file.data)
    return ATTR.pack(number, size, (size + 511) // 512, 0, 0, 0, 0, 0, 0, file.mode, file.links, 0, 0, 0, 4096, 0)


def entry(number):
    return struct.pack("<4Q2I", number, 0, NO_CACHE, NO_CACHE, 0, 0) + attributes(number)


def name_of(data):
    return bytes(data).split(b"\0")[0]


def find(folder, name):
    number = folders_and_files[folder].names.get(name)
    if number is None:
        raise Refusal(errno.ENOENT)
    return number


def lookup(folder, data):
    return entry(find(folder, name_of(data)))


def get_attributes(number, _):
    return struct.pack("<Q2I", NO_CACHE, 0, 0) + attributes(number)


def set_attributes(number, data):
    valid, _, _, size = struct.unpack_from("<2I2Q", data)
    (mode,) = struct.unpack_from("<I", data, 68)
    file = folders_and_files[number]
    if valid & 1:
        file.mode = stat.S_IFMT(file.mode) | stat.S_IMODE(mode)
    if valid & 8:
        file.data = file.data[:size].ljust(size, b"\0")
    return get_attributes(number, data)


def make_folder(folder, data):
    number = add(Folder())
    folders_and_files[folder].names[name_of(data[8:])] = number
    return entry(number)


def create(folder, data):
    _, mode = struct.unpack_from("<2I", data)
    file = File(stat.S_IFREG | stat.S_IMODE(mode))
    file.links = 1
    number = add(file)
    folders_and_files[folder].names[name_of(data[16:])] = number
    return entry(number) + opened(number, data)


def opened(*_):
    return struct.pack("<Q2I", 0, 0, 0)


def remove(folder, data):
    number = find(folder, name_of(data))
    folders_and_files[number].links -= 1
    del folders_and_files[folder].names[name_of(data)]
    return b""


def rename(folder, data, at=8):
    (target,) = struct.unpack_from("<Q", data)
    old, new = bytes(data[at:]).split(b"\0")[:2]
    folders_and_files[target].names[new] = find(folder, old)
    del folders_and_files[folder].names[old]
    return b""


def link(folder, data):
    (number,) = struct.unpack_from("<Q", data)
    if name_of(data[8:]) in folders_and_files[folder].names:
        raise Refusal(errno.EEXIST)
    folders_and_files[folder].names[name_of(data[8:])] = number
    folders_and_files[number].links += 1
    return entry(number)


def read(number, data):
    _, offset, size = struct.unpack_from("<2QI", data)
    return bytes(folders_and_files[number].data[offset : offset + size])


def write(number, data):
    _, offset, size = struct.unpack_from("<2QI", data)
    file = folders_and_files[number]
    if len(file.data) < offset:
        file.data.extend(bytes(offset - len(file.data)))
    file.data[offset : offset + size] = data[40 : 40 + size]
    return struct.pack("<2I", size, 0)


def sync(number, _):
    file = folders_and_files[number]
    file.synced = bytes(file.data)
    return b""


def sync_folder(number, _):
    folder = folders_and_files[number]
    folder.synced = dict(folder.names)
    return b""


def read_folder(number, data):
    _, offset, size = struct.unpack_from("<2QI", data)
    answer = b""
    for index, (name, inode) in list(enumerate(folders_and_files[number].names.items(), 1))[offset:]:
        one = struct.pack("<2Q2I", inode, index, len(name), stat.S_IFMT(folders_and_files[inode].mode) >> 12) + name
        one = one.ljust((len(one) + 7) // 8 * 8, b"\0")
        if len(answer) + len(one) > size:
            break
        answer += one
    return answer


def statistics(*_):
    blocks = 1 << 20
    return struct.pack("<5Q10I", blocks, blocks, blocks, blocks, blocks, 4096, 255, 4096, *([0] * 7))


def begin(_, data):
    major, minor, read_ahead = struct.unpack_from("<3I", data)
    large_writes = 1 << 5
    return struct.pack("<4I2H3I", 7, min(minor, 31), read_ahead, large_writes, 16, 12, 65536, 1, 0).ljust(64, b"\0")


def nothing(*_):
    return b""


operations = {
    **{1: lookup, 3: get_attributes, 4: set_attributes, 9: make_folder, 10: remove, 11: remove, 12: rename, 13: link},
    **{14: opened, 15: read, 16: write, 17: statistics, 18: nothing, 20: sync, 25: nothing, 26: begin, 27: opened},
    **{28: read_folder, 29: nothing, 30: sync_folder, 34: nothing, 35: create},
    45: lambda folder, data: rename(folder, data, 16),
}
WITHOUT_ANSWER = (2, 36, 42)


def answer(request):
    _, operation, unique, number = struct.unpack_from("<2I2Q", request)
    if operation in WITHOUT_ANSWER:
        return None
    try:
        found = operations.get(operation)
        if found is None:
            raise Refusal(errno.ENOSYS)
        data = found(number, memoryview(request)[40:])
        return struct.pack("<IiQ", 16 + len(data), 0, unique) + data
    except Refusal as refusal:
        return struct.pack("<IiQ", 16, -refusal.args[0], unique)


load()
device = mount()
signal.signal(signal.SIGTERM, lose_power)
PR_SET_PDEATHSIG = 1
libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
print("mounted", flush=True)
while True:
    try:
        said = answer(os.read(device, 1 << 20))
        if said is not None:
            os.write(device, said)
    except OSError as error:
        # A request that was taken back; or somebody has unmounted it.
        if error.errno == errno.ENODEV:
            break
        if error.errno not in (errno.ENOENT, errno.EINTR, errno.EAGAIN):
            raise
