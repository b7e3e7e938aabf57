-- What every library of functions begins with: numbers, long reads and writes, and
-- the requests that were settled.

local DAY_SECONDS = 86400
-- A request is looked for in its day's bucket and the one before, so a bucket
-- must outlive two days.
local BUCKET_SECONDS = 50 * 3600
-- The field by which a bucket is known to expire; no request's id.
local EXPIRES = 'expires'
-- Lua's stack takes a few thousand arguments.
local CHUNK = 1000

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

