#!lua name=mdg2

-- What ticketing changes and reads in Redis, each in one step. The files of
-- this directory are one library; keys and records are in ../README.md. No
-- function knows a policy: the caller has decided.
--
-- Functions do not roll back. So each one reads every key that it will write,
-- with a command of that key's type, before its first write. All but the log,
-- whose write is the first and may be refused.
--
-- Every answer begins with a code: 'OK', or why nothing was changed.

local DAY_SECONDS = 86400
-- A request is looked for in its day's bucket and the one before, so a bucket
-- must outlive two days.
local BUCKET_SECONDS = 50 * 3600
-- The field by which a bucket is known to expire; no request's id.
local EXPIRES = 'expires'
local MAX_SKIPPED = 16
-- Lua's stack takes a few thousand arguments.
local CHUNK = 1000
-- Codes of states in which a ticket's number is free again.
local ENDED = {D = true, X = true, E = true, M = true}

-- Numbers are never concatenated: Lua would write 1.7e+12.
local function text(number)
  return string.format('%d', number)
end

local function foreign(cause)
  error(redis.error_reply('WRONGTYPE ' .. cause))
end

local function number(value, what)
  if not value then return nil end
  local n = tonumber(value)
  if not n then foreign(what .. ' is not a number') end
  return n
end

-- The code of a ticket's state is first in its record.
local function is_live(record)
  return not ENDED[string.sub(record, 1, 1)]
end

-- Why `day` is not the one that is open to commands. `open` and `carry` are of
-- the head.
local function refuse_day(open, carry, day)
  open = number(open, 'day')
  day = tonumber(day)
  if not open or open < day then return 'DAY_NOT_OPEN' end
  if open > day then return 'DAY_CLOSED' end
  if carry then return 'DAY_SWEEPING' end
  return nil
end

local function refuse_hall(head, day)
  local state = redis.call('HMGET', head, 'day', 'carry')
  return refuse_day(state[1], state[2], day)
end

-- The bucket to remember requests in now, and the one before.
local function buckets(prefix)
  local day = math.floor(tonumber(redis.call('TIME')[1]) / DAY_SECONDS)
  return {key = prefix .. text(day), before = prefix .. text(day - 1)}
end

-- What was settled under each of `ids`, false for nothing. Notes whether the
-- bucket expires already.
local function find_requests(bucket, ids)
  local wanted = {EXPIRES, unpack(ids)}
  local found = redis.call('HMGET', bucket.key, unpack(wanted))
  local before = redis.call('HMGET', bucket.before, unpack(ids))
  bucket.expires = found[1]
  local settled = {}
  for i = 1, #ids do settled[i] = found[i + 1] or before[i] or false end
  return settled
end

-- The same for one `id`.
local function find_request(bucket, id)
  local found = redis.call('HMGET', bucket.key, EXPIRES, id)
  bucket.expires = found[1]
  return found[2] or redis.call('HGET', bucket.before, id)
end

-- `records` are pairs of an id and what was settled under it.
local function remember(bucket, records)
  redis.call('HSET', bucket.key, unpack(records))
  if not bucket.expires then
    redis.call('HSET', bucket.key, EXPIRES, '1')
    redis.call('EXPIRE', bucket.key, BUCKET_SECONDS)
  end
end

-- Answers the sequence as text.
local function append(log, sequence, header, ticket, counter)
  local name = text(sequence)
  local id = name .. '-0'
  if ticket == '' and counter == '' then
    redis.call('XADD', log, id, 'e', header)
  elseif counter == '' then
    redis.call('XADD', log, id, 'e', header, 't', ticket)
  elseif ticket == '' then
    redis.call('XADD', log, id, 'e', header, 'c', counter)
  else
    redis.call('XADD', log, id, 'e', header, 't', ticket, 'c', counter)
  end
  return name
end

-- The values of `fields`, false for those missing.
local function fetch(hash, fields)
  local values = {}
  if #fields == 0 then return values end
  if #fields <= CHUNK then return redis.call('HMGET', hash, unpack(fields)) end
  for from = 1, #fields, CHUNK do
    local to = math.min(from + CHUNK - 1, #fields)
    local part = redis.call('HMGET', hash, unpack(fields, from, to))
    for i = 1, to - from + 1 do values[#values + 1] = part[i] end
  end
  return values
end

-- A write of any number of `arguments`.
local function write(command, key, arguments)
  for from = 1, #arguments, CHUNK do
    local to = math.min(from + CHUNK - 1, #arguments)
    redis.call(command, key, unpack(arguments, from, to))
  end
end

-- Whether a record is still what the decision saw. A later release may have
-- added fields to it, which the decision did not see.
local function is_still(record, seen)
  return record == seen
    or record and string.sub(record, 1, #seen + 1) == seen .. '|'
end

-- Byte by byte: `<` on strings goes by the locale of the machine.
local function before(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

-- Day, series and serial in a ticket's id.
local function parts_of(id)
  local day, series, serial = string.match(id, '^(%d+)%-(.+)%-(%d+)$')
  return tonumber(day), series, tonumber(serial)
end

-- The id and the number in a ticket's record.
local function names_in(record)
  return string.match(record, '^[^|]*|[^|]*|([^|]*)|([^|]*)')
end

-- The field of those carried over: numbers are unique in their series only.
local function carried_field(series, ticket_number)
  return series .. '|' .. ticket_number
end

-- The next serials of all series: those of the open day are in fields that
-- begin with `n:`, those of a day that is being swept with `o:`.
local function serials_of(head, mark)
  local serials = {}
  local state = redis.call('HGETALL', head)
  for i = 1, #state, 2 do
    if string.sub(state[i], 1, 2) == mark then
      serials[string.sub(state[i], 3)] = number(state[i + 1], state[i])
    end
  end
  return serials
end
