
-- keys: record took requests
-- args: request ('' if it is not to be remembered), command up to the record,
--       seen version, record, hour of a latency ('' for none), its milliseconds,
--       how many of an hour are kept, the first day that is
local function settle_upstream(keys, args)
  local record, took, requests = unpack(keys, 1, 3)
  local request, command, seen, after, hour, latency, most, first_day =
    unpack(args, 1, 8)
  local bucket
  if request ~= '' then
    bucket = buckets(requests)
    local known = find_request(bucket, request)
    if known then return {'OK', known} end
  end
  if version_of(redis.call('GET', record)) ~= tonumber(seen) then
    return {'ABORTED'}
  end
  local latencies = redis.call('HGET', took, hour) or ''
  -- Those of days that no longer count go when an hour begins.
  local hours = {}
  if hour ~= '' and latencies == '' then hours = redis.call('HKEYS', took) end

  redis.call('SET', record, after)
  if hour ~= '' then
    local _, count = string.gsub(latencies, ',', '')
    if count < tonumber(most) then
      redis.call('HSET', took, hour, latencies .. ',' .. latency)
    end
    for _, each in ipairs(hours) do
      local day = number(string.match(each, '^%-?%d+'), 'a day')
      if day and day < tonumber(first_day) then redis.call('HDEL', took, each) end
    end
  end
  local settled = command .. after
  if bucket then remember(bucket, {request, settled}) end
  return {'OK', settled}
end

-- keys: record requests
-- args: request
local function look_upstream(keys, args)
  local known = args[1] ~= '' and find_request(buckets(keys[2]), args[1])
  return {'OK', known or '', redis.call('GET', keys[1]) or ''}
end

-- What is known of the upstream decides whether cases go on: also when memory is
-- full.
register('mdr2_settle_upstream', settle_upstream, {'allow-oom'})
register('mdr2_look_upstream', look_upstream, {'no-writes'})
