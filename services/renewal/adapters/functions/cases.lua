-- Ended cases are for whoever asks how a visit went, and for reports.
local ENDED_SECONDS = 60 * 86400

-- The version is first in a case's record.
local function version_of(record)
  if not record then return 0 end
  return number(string.match(record, '^%d+'), 'a version')
end

-- `at` is '' for what is not to be in it.
local function place(key, id, at)
  if at == '' then
    redis.call('ZREM', key, id)
  else
    redis.call('ZADD', key, at, id)
  end
end

-- keys: live order ended errands lost parked queue log head requests
-- args: request, command up to the case's record, case, seen version, record,
--       when it started if it lives, if it has an errand, if it is parked for the
--       upstream ('' if not), when it loses track ('' for never), event, office,
--       attempt to put in the queue ('' for none)
local function settle_case(keys, args)
  local live, order, ended, errands, lost, parked, queue, log, head =
    unpack(keys, 1, 9)
  local request, command, id, seen, record, lives, has_errand, is_parked,
    loses_track, event, office, attempt = unpack(args, 1, 12)
  local bucket = buckets(keys[10])
  local known = find_request(bucket, request)
  if known then return {'OK', known} end
  local before = redis.call('HGET', live, id) or redis.call('HGET', ended, id)
  if version_of(before) ~= tonumber(seen) then return {'ABORTED'} end
  redis.call('HLEN', ended)
  redis.call('ZCARD', order)
  redis.call('ZCARD', errands)
  redis.call('ZCARD', lost)
  redis.call('ZCARD', parked)
  redis.call('XLEN', queue)
  local sequence = text((number(redis.call('HGET', head, 'seq'), 'seq') or 0) + 1)

  redis.call('XADD', log, sequence .. '-0', 'e', event, 'c', record)
  redis.call('HSET', head, 'seq', sequence)
  redis.call('EXPIRE', log, ENDED_SECONDS, 'NX')
  if lives ~= '' then
    redis.call('HSET', live, id, record)
  else
    redis.call('HSET', ended, id, record)
    redis.call('EXPIRE', ended, ENDED_SECONDS, 'NX')
    redis.call('HDEL', live, id)
  end
  place(order, id, lives)
  place(errands, id, has_errand)
  place(lost, id, loses_track)
  place(parked, id, is_parked)
  if attempt ~= '' then
    redis.call('XADD', queue, '*', 'o', office, 'c', id, 'a', attempt)
  end
  local settled = command .. record
  remember(bucket, {request, settled})
  return {'OK', settled}
end

-- keys: live ended requests
-- args: request, case
local function look_case(keys, args)
  local known = find_request(buckets(keys[3]), args[1])
  local record = redis.call('HGET', keys[1], args[2])
    or redis.call('HGET', keys[2], args[2])
  return {'OK', known or '', record or ''}
end

-- keys: live ended
-- args: cases
local function list_cases(keys, args)
  local living = redis.call('HMGET', keys[1], unpack(args))
  local done = redis.call('HMGET', keys[2], unpack(args))
  local answer = {'OK'}
  for i = 1, #args do
    local record = living[i] or done[i]
    if record then answer[#answer + 1] = record end
  end
  return answer
end

-- keys: live order
-- args: case behind which the list begins ('' for the first), limit
local function list_live(keys, args)
  local from = 0
  if args[1] ~= '' then
    local rank = redis.call('ZRANK', keys[2], args[1])
    -- It has ended since: a list is told again from its beginning.
    if rank then from = rank + 1 end
  end
  local ids = redis.call('ZRANGE', keys[2], from, from + tonumber(args[2]) - 1)
  local records = fetch(keys[1], ids)
  local answer = {'OK'}
  for i = 1, #ids do
    if records[i] then answer[#answer + 1] = records[i] end
  end
  return answer
end

-- keys: errands lost parked
-- args: now, limit
local function look_work(keys, args)
  local limit = tonumber(args[2])
  return {'OK',
    redis.call('ZRANGE', keys[1], 0, limit - 1),
    redis.call('ZRANGE', keys[2], '-inf', args[1], 'BYSCORE', 'LIMIT', 0, limit),
    redis.call('ZCARD', keys[3])}
end

-- The one group of consumers: the replicas.
local GROUP = 'renewal'

-- keys: queue
-- args: consumer, limit, idle in milliseconds
local function take_queued(keys, args)
  local queue, consumer, limit = keys[1], args[1], tonumber(args[2])
  -- Fails when it is there, which is as good.
  redis.pcall('XGROUP', 'CREATE', queue, GROUP, '0', 'MKSTREAM')
  local answer = {'OK'}
  local function take(entries)
    for _, entry in ipairs(entries) do
      local fields = entry and entry[2]
      if fields then
        answer[#answer + 1] = {entry[1], fields[2], fields[4], fields[6]}
      end
    end
  end
  take(redis.call('XAUTOCLAIM', queue, GROUP, consumer, args[3], '0-0',
    'COUNT', limit)[2])
  local left = limit - (#answer - 1)
  if left > 0 then
    local read = redis.call('XREADGROUP', 'GROUP', GROUP, consumer,
      'COUNT', left, 'STREAMS', queue, '>')
    if read then take(read[1][2]) end
  end
  return answer
end

-- keys: queue
-- args: entry
local function drop_queued(keys, args)
  redis.call('XACK', keys[1], GROUP, args[1])
  redis.call('XDEL', keys[1], args[1])
  return {'OK'}
end

local function register(name, callback, flags)
  redis.register_function{
    function_name = name, callback = callback, flags = flags}
end

-- A case that was begun goes on when memory is full.
register('mdr2_settle', settle_case, {'allow-oom'})
register('mdr2_begin', settle_case, {})
register('mdr2_look', look_case, {'no-writes'})
register('mdr2_list', list_cases, {'no-writes'})
register('mdr2_live', list_live, {'no-writes'})
register('mdr2_work', look_work, {'no-writes'})
register('mdr2_take', take_queued, {'allow-oom'})
register('mdr2_drop', drop_queued, {'allow-oom'})
