#!lua name=mdg1

-- What ticketing changes and reads in Redis, each in one step. Keys and records
-- are in README.md. No function knows a policy: the caller has decided.
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

-- Codes of a ticket's state, first in its record.
local function is_live(record)
  local state = string.sub(record, 1, 1)
  return state ~= 'D' and state ~= 'X'
end

-- Why `day` is not the one that is open.
local function refuse_day(open, day)
  open = number(open, 'day')
  day = tonumber(day)
  if not open or open < day then return 'DAY_NOT_OPEN' end
  if open > day then return 'DAY_CLOSED' end
  return nil
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

-- `records` are pairs of an id and what was settled under it.
local function remember(bucket, records)
  redis.call('HSET', bucket.key, unpack(records))
  if not bucket.expires then
    redis.call('HSET', bucket.key, EXPIRES, '1')
    redis.call('EXPIRE', bucket.key, BUCKET_SECONDS)
  end
end

local function append(log, sequence, header, ticket, counter)
  local entry = {'XADD', log, text(sequence) .. '-0', 'e', header}
  if ticket ~= '' then
    entry[#entry + 1] = 't'
    entry[#entry + 1] = ticket
  end
  if counter ~= '' then
    entry[#entry + 1] = 'c'
    entry[#entry + 1] = counter
  end
  redis.call(unpack(entry))
end

-- The values of `fields`, false for those missing.
local function fetch(hash, fields)
  local values = {}
  for from = 1, #fields, CHUNK do
    local to = math.min(from + CHUNK - 1, #fields)
    local part = redis.call('HMGET', hash, unpack(fields, from, to))
    for i = 1, to - from + 1 do values[#values + 1] = part[i] end
  end
  return values
end

-- keys: head log
-- args: day, event
local function open_day(keys, args)
  local head, log = keys[1], keys[2]
  local state = redis.call('HMGET', head, 'day', 'seq')
  local open, day = number(state[1], 'day'), tonumber(args[1])
  if open and open > day then return {'DAY_CLOSED'} end
  if open == day then return {'OK'} end
  local sequence = (number(state[2], 'seq') or 0) + 1
  local serials = {}
  for _, field in ipairs(redis.call('HKEYS', head)) do
    if string.sub(field, 1, 2) == 'n:' then serials[#serials + 1] = field end
  end

  append(log, sequence, args[2], '', '')
  redis.call('HSET', head, 'day', args[1], 'seq', text(sequence))
  if #serials > 0 then redis.call('HDEL', head, unpack(serials)) end
  return {'OK'}
end

-- The first serial from `serial` on whose number is not in use. `fresh` are the
-- tickets about to be written.
local function free_serial(tickets, fresh, prefix, serial, size)
  for candidate = serial, serial + MAX_SKIPPED - 1 do
    local earlier, record = candidate - size, false
    while earlier >= 0 and not record do
      local id = prefix .. string.format('%05d', earlier)
      record = fresh[id] or redis.call('HGET', tickets, id)
      earlier = earlier - size
    end
    if not record or not is_live(record) then return candidate end
  end
  return nil
end

-- Arguments of one order, see `issue`.
local ORDER = 13

-- Orders that came together are issued together, in their order: one write of
-- each hash instead of one for each of them.
--
-- keys: head log tickets requests, then the queues
-- args: day, then of each order: request, queue (its place among the queues),
--       now, id prefix, serial field, number prefix, first, size, three pieces
--       of the ticket's record, event, request record
-- Answers, of each order: its sequence and what was settled, now or before
-- (sequence 0); or why nothing was, and ''.
local function issue(keys, args)
  local head, log, tickets, bucket = keys[1], keys[2], keys[3], buckets(keys[4])
  local state = redis.call('HMGET', head, 'day', 'seq', 'rank')
  local refused = refuse_day(state[1], args[1])
  local sequence = number(state[2], 'seq') or 0
  local rank = number(state[3], 'rank') or -1
  local ids = {}
  for from = 2, #args, ORDER do ids[#ids + 1] = args[from] end
  local known = find_requests(bucket, ids)
  redis.call('HLEN', tickets)
  local answer, entries, serials = {'OK'}, {}, {}
  local fresh, records, seen, queued = {}, {}, {}, {}
  local function answer_with(code, record)
    answer[#answer + 1] = code
    answer[#answer + 1] = record
  end

  for from = 2, #args, ORDER do
    local request, queue, now, prefix, field, number_prefix, first, size,
      before, middle, after, event, settled_prefix =
      unpack(args, from, from + ORDER - 1)
    local settled = seen[request] or known[(from - 2) / ORDER + 1]
    local serial
    if not settled and not refused then
      if not serials[field] then
        serials[field] = number(redis.call('HGET', head, field), field) or 0
      end
      local key = keys[4 + queue]
      if not queued[key] then
        redis.call('ZCARD', key)
        queued[key] = {}
      end
      serial = free_serial(tickets, fresh, prefix, serials[field], tonumber(size))
    end
    if settled then
      answer_with('0', settled)
    elseif refused then
      answer_with(refused, '')
    elseif not serial then
      answer_with('SERIES_EXHAUSTED', '')
    else
      serials[field] = serial + 1
      sequence = sequence + 1
      rank = math.max(tonumber(now), rank + 1)
      local id = prefix .. string.format('%05d', serial)
      local ticket = before .. id .. '|' .. number_prefix
        .. text(tonumber(first) + serial % tonumber(size)) .. middle
        .. text(rank) .. after
      local record = settled_prefix .. ticket
      entries[#entries + 1] = {sequence, event, ticket}
      fresh[id] = ticket
      seen[request] = record
      records[#records + 1] = request
      records[#records + 1] = record
      local ranks = queued[keys[4 + queue]]
      ranks[#ranks + 1] = text(rank)
      ranks[#ranks + 1] = id
      answer_with(text(sequence), record)
    end
  end
  if #entries == 0 then return answer end

  for _, entry in ipairs(entries) do
    append(log, entry[1], entry[2], entry[3], '')
  end
  local counters = {'seq', text(sequence), 'rank', text(rank)}
  for field, serial in pairs(serials) do
    counters[#counters + 1] = field
    counters[#counters + 1] = text(serial)
  end
  redis.call('HSET', head, unpack(counters))
  local written = {}
  for id, ticket in pairs(fresh) do
    written[#written + 1] = id
    written[#written + 1] = ticket
  end
  redis.call('HSET', tickets, unpack(written))
  for queue, ranks in pairs(queued) do
    if #ranks > 0 then redis.call('ZADD', queue, unpack(ranks)) end
  end
  remember(bucket, records)
  return answer
end

-- The first `depth` that wait: their records, each with its overtakes.
local function view_queue(tickets, queue, over, depth)
  local view = {redis.call('ZCARD', queue)}
  if depth < 1 then return view end
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

-- keys: head tickets counters requests, then queue and over of each service
-- args: day, depth, numbers of requests, counters and tickets, then their ids
local function look(keys, args)
  local refused = refuse_day(redis.call('HGET', keys[1], 'day'), args[1])
  if refused then return {refused} end
  local depth, next_arg = tonumber(args[2]), 6
  local function take(count)
    local ids = {}
    for i = 1, tonumber(count) do ids[i] = args[next_arg + i - 1] end
    next_arg = next_arg + #ids
    return ids
  end
  local requests = take(args[3])
  if #requests > 0 then
    requests = find_requests(buckets(keys[4]), requests)
  end
  local counters = fetch(keys[3], take(args[4]))
  local tickets = fetch(keys[2], take(args[5]))
  local queues = {}
  for i = 5, #keys, 2 do
    queues[#queues + 1] = view_queue(keys[2], keys[i], keys[i + 1], depth)
  end
  return {'OK', requests, counters, tickets, queues}
end

-- The head of `queue` as id and rank.
local function head_of(queue)
  local head = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
  return head[1], tonumber(head[2])
end

-- Whether `id`, ranked `rank`, may be called now; and the over keys of those
-- services that it overtakes, of the pairs of queue and over from keys[9] on.
local function guard_call(keys, id, rank, limit, others)
  if head_of(keys[6]) ~= id then return false end
  redis.call('ZCARD', keys[8])
  local overtaken = {}
  for i = 9, 8 + 2 * others, 2 do
    local other, other_rank = head_of(keys[i])
    if other and (other_rank < rank or other_rank == rank and other < id) then
      local over = keys[i + 1]
      local overtakes =
        redis.call('ZCOUNT', over, '(' .. text(other_rank), '+inf')
      if overtakes >= limit then return false end
      overtaken[#overtaken + 1] = over
    end
  end
  return true, overtaken
end

-- Whether a record is still what the decision saw. A later release may have
-- added fields to it, which the decision did not see.
local function is_still(record, seen)
  return record == seen
    or record and string.sub(record, 1, #seen + 1) == seen .. '|'
end

-- keys: head log tickets counters requests; if a ticket changes, its queue
--       before, queue after and over, and queue and over of each other service
--       of the guard; queues that must be empty
-- args: request, day, request record, event, its ticket, its counter,
--       counter id, before, after, ticket id, before, after, rank before and
--       after ('' if not waiting), limit ('' without a guard), number of others
local function settle(keys, args)
  local head, log, tickets, counters = keys[1], keys[2], keys[3], keys[4]
  local bucket = buckets(keys[5])
  local settled = find_requests(bucket, {args[1]})[1]
  if settled then return {'OK', '0', settled} end
  local state = redis.call('HMGET', head, 'day', 'seq')
  local refused = refuse_day(state[1], args[2])
  if refused then return {refused} end
  local sequence = (number(state[2], 'seq') or 0) + 1
  local counter, ticket = args[7], args[10]
  if counter ~= '' and
    not is_still(redis.call('HGET', counters, counter) or '', args[8]) then
    return {'ABORTED'}
  end
  local rank_before, rank_after, others = args[13], args[14], tonumber(args[16])
  local empties, overtaken = 6, nil
  if ticket ~= '' then
    if not is_still(redis.call('HGET', tickets, ticket), args[11]) then
      return {'ABORTED'}
    end
    redis.call('ZCARD', keys[6])
    redis.call('ZCARD', keys[7])
    empties = 9 + 2 * others
    if args[15] ~= '' then
      local free
      free, overtaken = guard_call(keys, ticket, tonumber(rank_before),
        tonumber(args[15]), others)
      if not free then return {'ABORTED'} end
    end
  end
  for i = empties, #keys do
    if redis.call('ZCARD', keys[i]) > 0 then return {'ABORTED'} end
  end

  if args[4] ~= '' then
    append(log, sequence, args[4], args[5], args[6])
    redis.call('HSET', head, 'seq', text(sequence))
  else
    sequence = 0
  end
  if counter ~= '' then redis.call('HSET', counters, counter, args[9]) end
  if ticket ~= '' then
    redis.call('HSET', tickets, ticket, args[12])
    if rank_before ~= '' and (rank_after == '' or keys[6] ~= keys[7]) then
      redis.call('ZREM', keys[6], ticket)
    end
    if rank_after ~= '' then redis.call('ZADD', keys[7], rank_after, ticket) end
    if overtaken then
      for _, over in ipairs(overtaken) do
        redis.call('ZADD', over, rank_before, ticket)
      end
      redis.call('ZREMRANGEBYSCORE', keys[8], '-inf', rank_before)
    end
  end
  remember(bucket, {args[1], args[3]})
  return {'OK', text(sequence), args[3]}
end

-- Byte by byte: `<` on strings goes by the locale of the machine.
local function before(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

-- keys: head tickets
-- args: day, series and serial of the last ticket seen, limit
-- A page costs what it holds, as serials are known without asking.
local function list(keys, args)
  local refused = refuse_day(redis.call('HGET', keys[1], 'day'), args[1])
  if refused then return {refused} end
  local limit, found, more = tonumber(args[4]), {}, false
  local names, ends = {}, {}
  local state = redis.call('HGETALL', keys[1])
  for i = 1, #state, 2 do
    local name = string.match(state[i], '^n:(.*)$')
    if name and not before(name, args[2]) then
      names[#names + 1] = name
      ends[name] = number(state[i + 1], state[i])
    end
  end
  table.sort(names, before)
  for _, name in ipairs(names) do
    local serial = 0
    if name == args[2] then serial = tonumber(args[3]) + 1 end
    while serial < ends[name] and #found < limit do
      local ids = {}
      while serial < ends[name] and #ids < math.min(CHUNK, limit - #found) do
        ids[#ids + 1] = string.format('%s-%s-%05d', args[1], name, serial)
        serial = serial + 1
      end
      for _, record in ipairs(fetch(keys[2], ids)) do
        if record then found[#found + 1] = record end
      end
    end
    more = more or serial < ends[name]
  end
  return {'OK', more and 1 or 0, found}
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

redis.register_function{function_name = 'mdg1_open_day', callback = open_day}
redis.register_function{function_name = 'mdg1_issue', callback = issue}
redis.register_function{
  function_name = 'mdg1_look', callback = look, flags = {'no-writes'}}
redis.register_function{
  function_name = 'mdg1_settle', callback = settle, flags = {'allow-oom'}}
redis.register_function{
  function_name = 'mdg1_list', callback = list, flags = {'no-writes'}}
redis.register_function{
  function_name = 'mdg1_log', callback = read_log, flags = {'no-writes'}}
