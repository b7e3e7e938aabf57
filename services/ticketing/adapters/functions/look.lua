
-- How many wait; and the first `depth`: their records, each with its overtakes.
local function view_queue(tickets, queue, over, depth)
  local length = redis.call('ZCARD', queue)
  local view = {length}
  if depth < 1 or length == 0 then return view end
  local ids, ranks = {}, {}
  local ranked = redis.call('ZRANGE', queue, 0, depth - 1, 'WITHSCORES')
  for i = 1, #ranked, 2 do
    ids[#ids + 1] = ranked[i]
    ranks[#ranks + 1] = ranked[i + 1]
  end
  for i, record in ipairs(fetch(tickets, ids)) do
    if not record then foreign('a ticket in a queue has no record') end
    view[#view + 1] = record
    view[#view + 1] = redis.call('ZCOUNT', over, '(' .. ranks[i], '+inf')
  end
  return view
end

-- keys: head tickets counters requests undo, then queue and over of each queue
-- args: day, depth, counter whose last step is wanted or '', numbers of
--       requests, counters and tickets, then their ids
local function look(keys, args)
  local refused = refuse_hall(keys[1], args[1])
  if refused then return {refused} end
  local depth, next_arg = tonumber(args[2]), 7
  local function take(count)
    local ids = {}
    for i = 1, tonumber(count) do ids[i] = args[next_arg + i - 1] end
    next_arg = next_arg + #ids
    return ids
  end
  local requests = take(args[4])
  if #requests > 0 then
    requests = find_requests(buckets(keys[4]), requests)
  end
  local counters = fetch(keys[3], take(args[5]))
  local tickets = fetch(keys[2], take(args[6]))
  local queues = {}
  for i = 6, #keys, 2 do
    queues[#queues + 1] = view_queue(keys[2], keys[i], keys[i + 1], depth)
  end
  local undo = args[3] ~= '' and redis.call('HGET', keys[5], args[3])
  return {'OK', requests, counters, tickets, queues, undo}
end

-- At most `limit` records of tickets of `day` behind the id `after`, and
-- whether there are more: first those carried over into it, then those of each
-- series with their `serials`. Costs what it finds, as serials are known
-- without asking, and what was carried over.
local function page_of(tickets, carried, day, serials, after, limit)
  local found, more = {}, false
  local after_day, after_series, after_serial = parts_of(after)
  after_day = after_day or 0
  if after_day > day then return found, more end
  if after_day < day then
    local entries, ids = redis.call('HGETALL', carried), {}
    for i = 2, #entries, 2 do
      if before(after, entries[i]) then ids[#ids + 1] = entries[i] end
    end
    table.sort(ids, before)
    more = #ids > limit
    for i = #ids, limit + 1, -1 do ids[i] = nil end
    for i, record in ipairs(fetch(tickets, ids)) do
      if not record then foreign('a ticket carried over has no record') end
      found[i] = record
    end
  end
  local series = {}
  for name in pairs(serials) do
    if after_day < day or not before(name, after_series) then
      series[#series + 1] = name
    end
  end
  table.sort(series, before)
  for _, name in ipairs(series) do
    local serial, last = 0, serials[name] - 1
    if after_day == day and name == after_series then
      serial = after_serial + 1
    end
    while serial <= last and #found < limit do
      local ids = {}
      while serial <= last and #ids < math.min(CHUNK, limit - #found) do
        ids[#ids + 1] = string.format('%d-%s-%05d', day, name, serial)
        serial = serial + 1
      end
      for _, record in ipairs(fetch(tickets, ids)) do
        if record then found[#found + 1] = record end
      end
    end
    more = more or serial <= last
  end
  return found, more
end

-- keys: head tickets carried
-- args: day, id of the last ticket seen or '', limit
local function list(keys, args)
  local refused = refuse_hall(keys[1], args[1])
  if refused then return {refused} end
  local found, more = page_of(keys[2], keys[3], tonumber(args[1]),
    serials_of(keys[1], 'n:'), args[2], tonumber(args[3]))
  return {'OK', more and 1 or 0, found}
end

-- keys: head tickets carried
-- args: day, series, number, the number's place in the series (-1 if it has
--       none), size
local function find(keys, args)
  local refused = refuse_hall(keys[1], args[1])
  if refused then return {refused} end
  local series, wanted = args[2], args[3]
  local place, size = tonumber(args[4]), tonumber(args[5])
  local last = false
  if place >= 0 then
    local ended = number(redis.call('HGET', keys[1], 'n:' .. series), series)
    local serial = place + math.floor(((ended or 0) - 1 - place) / size) * size
    while serial >= 0 do
      local record = redis.call('HGET', keys[2],
        string.format('%s-%s-%05d', args[1], series, serial))
      if record and select(2, names_in(record)) == wanted then
        if is_live(record) then return {'OK', record} end
        last = last or record
      end
      serial = serial - size
    end
  end
  local carried = redis.call('HGET', keys[3], carried_field(series, wanted))
  local record = carried and redis.call('HGET', keys[2], carried)
  if record and (is_live(record) or not last) then last = record end
  return {'OK', last}
end

-- keys: log
-- args: after, limit
local function read_log(keys, args)
  local first = redis.call('XRANGE', keys[1], '-', '+', 'COUNT', 1)[1]
  local last = redis.call('XREVRANGE', keys[1], '+', '-', 'COUNT', 1)[1]
  local entries = {}
  if tonumber(args[2]) > 0 then
    entries = redis.call('XRANGE', keys[1], '(' .. args[1] .. '-0', '+',
      'COUNT', args[2])
  end
  return {'OK', first and first[1] or '', last and last[1] or '', entries}
end

-- The day that `head` is sweeping and where it is; nothing if it is not.
local function sweep_of(state)
  local day, cursor = string.match(state or '', '^(%d+)|(.*)$')
  if state and not day then foreign('sweep is not a day and a place') end
  return tonumber(day), cursor
end

-- keys: head due
-- args: now, limit
local function look_due(keys, args)
  local state = redis.call('HMGET', keys[1], 'day', 'sweep', 'carry')
  local day, sweeping = number(state[1], 'day'), sweep_of(state[2])
  local entries = redis.call('ZRANGE', keys[2], '-inf', args[1], 'BYSCORE',
    'LIMIT', 0, args[2], 'WITHSCORES')
  return {'OK', day or 0, sweeping or 0, entries, state[3] and 1 or 0}
end
