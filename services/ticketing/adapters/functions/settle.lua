
local ABORTED = {'ABORTED'}
-- Stand for the ticket of the section before, and for the new one.
local SAME, NEW = '=', '+'
-- Overtakes mean nothing once the day is over, and the queues that have some
-- are known only here.
local OVER_SECONDS = 72 * 3600

-- The head of `queue` as id and rank.
local function head_of(queue)
  local head = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
  return head[1], tonumber(head[2])
end

-- `record` with what is known of the new ticket in the places of \1 (id), \2
-- (number) and \3 (rank), which are in no record otherwise.
local function fill(settlement, record)
  if not settlement.new then return record end
  return (string.gsub(record, '[\1\2\3]', settlement.new))
end

-- A settlement is a row of sections: a letter and its arguments. Each section
-- has `size`, the number of its arguments; `check`, which answers why the
-- settlement is refused, if it is, and reads what will be written; and `write`.
-- They get what is known of the settlement, all keys and arguments, and the
-- place of the section's first argument. Keys are named by their places.
local SECTIONS = {}

-- The place that a text names. Faster than tonumber; while a library is loaded
-- there is no string.format.
local PLACE = {}
for place = 1, 1000 do PLACE['' .. place] = place end

-- The entry that fires: due, key, time.
SECTIONS.f = {
  size = 3,
  check = function(_, keys, args, at)
    local time = redis.call('ZSCORE', keys[PLACE[args[at]]], args[at + 1])
    if not time or tonumber(time) ~= tonumber(args[at + 2]) then
      return ABORTED
    end
  end,
  write = function(_, keys, args, at)
    redis.call('ZREM', keys[PLACE[args[at]]], args[at + 1])
  end
}

-- The counter: counters, id, before, after.
SECTIONS.c = {
  size = 4,
  check = function(_, keys, args, at)
    local record = redis.call('HGET', keys[PLACE[args[at]]], args[at + 1])
    if not is_still(record or '', args[at + 2]) then return ABORTED end
  end,
  write = function(s, keys, args, at)
    redis.call('HSET', keys[PLACE[args[at]]], args[at + 1],
      fill(s, args[at + 3]))
  end
}

-- Another counter, whither the ticket is sent: counters, id, what it must be.
SECTIONS.w = {size = 3, check = SECTIONS.c.check}

-- A ticket: id, before, after, queue that it leaves, queue that it enters (each
-- '' for none), rank there.
SECTIONS.t = {
  size = 6,
  check = function(s, keys, args, at)
    if not is_still(redis.call('HGET', s.tickets, args[at]), args[at + 1]) then
      return ABORTED
    end
    local left, entered = args[at + 3], args[at + 4]
    if left ~= '' then redis.call('ZCARD', keys[PLACE[left]]) end
    if entered ~= '' then redis.call('ZCARD', keys[PLACE[entered]]) end
    s.ticket = args[at + 2]
    s.first_ticket = s.first_ticket or s.ticket
  end,
  write = function(s, keys, args, at)
    local left, entered = args[at + 3], args[at + 4]
    redis.call('HSET', s.tickets, args[at], args[at + 2])
    if left ~= '' then redis.call('ZREM', keys[PLACE[left]], args[at]) end
    if entered ~= '' then
      redis.call('ZADD', keys[PLACE[entered]], args[at + 5], args[at])
    end
  end
}

-- A ticket that is called by turn: id, before, after, its queue, over, rank,
-- limit. The other queues that the counter calls from follow as sections of
-- their own.
SECTIONS.k = {
  size = 7,
  check = function(s, keys, args, at)
    local id = args[at]
    if not is_still(redis.call('HGET', s.tickets, id), args[at + 1])
      or head_of(keys[PLACE[args[at + 3]]]) ~= id then
      return ABORTED
    end
    s.overtakes = redis.call('ZCARD', keys[PLACE[args[at + 4]]])
    s.ticket, s.called, s.rank = args[at + 2], id, tonumber(args[at + 5])
    s.first_ticket, s.limit = s.ticket, args[at + 6]
  end,
  write = function(s, keys, args, at)
    local id, rank = args[at], args[at + 5]
    redis.call('HSET', s.tickets, id, args[at + 2])
    redis.call('ZREM', keys[PLACE[args[at + 3]]], id)
    if s.overtaken then
      for _, over in ipairs(s.overtaken) do
        -- Once for all those whom the visitor ever went before.
        redis.call('ZADD', over, 'GT', rank, id)
        if redis.call('ZCARD', over) == 1 then
          redis.call('EXPIRE', over, OVER_SECONDS)
        end
      end
    end
    if s.overtakes > 0 then
      redis.call('ZREMRANGEBYSCORE', keys[PLACE[args[at + 4]]], '-inf', rank)
    end
  end
}

-- Another queue that the counter calls from: queue, over.
SECTIONS.o = {
  size = 2,
  check = function(s, keys, args, at)
    local other, rank = head_of(keys[PLACE[args[at]]])
    if not other or rank > s.rank or rank == s.rank and s.called < other then
      return
    end
    local over = keys[PLACE[args[at + 1]]]
    local overtakes = redis.call('ZCOUNT', over, '(' .. text(rank), '+inf')
    if overtakes >= tonumber(s.limit) then return ABORTED end
    s.overtaken = s.overtaken or {}
    s.overtaken[#s.overtaken + 1] = over
  end
}

-- A queue in which so many must wait: queue, length.
SECTIONS.z = {
  size = 2,
  check = function(_, keys, args, at)
    local length = redis.call('ZCARD', keys[PLACE[args[at]]])
    if length ~= tonumber(args[at + 1]) then return ABORTED end
  end
}

-- A ticket that has its number again: id, size of its series.
SECTIONS.r = {
  size = 2,
  check = function(s, _, args, at)
    local day, series, serial = parts_of(args[at])
    local size = tonumber(args[at + 1])
    local next_serial =
      number(redis.call('HGET', s.head, 'n:' .. series), series) or 0
    -- Whoever was carried over had it before all of today.
    local again = day == tonumber(args[2]) and serial + size or serial % size
    if next_serial > again then return {'NUMBER_TAKEN'} end
  end
}

-- An event: header, ticket, counter.
local function check_event(s, _, args, at)
  local ticket = args[at + 1]
  if ticket == SAME then ticket = s.ticket end
  s.sequence = s.sequence + 1
  s.events[#s.events + 1] =
    {s.log, s.sequence, args[at], ticket, args[at + 2]}
end
SECTIONS.e = {size = 3, check = check_event}

-- The same of the event that the settlement is answered with: the first.
SECTIONS.m = {
  size = 3,
  check = function(s, keys, args, at)
    s.is_answered = true
    check_event(s, keys, args, at)
  end
}

-- Fails, as the log's own write would, if `log` holds `sequence` already.
local function check_log(log, sequence)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  if last and tonumber(string.match(last[1], '^%d+')) >= sequence then
    error(redis.error_reply('ERR a log is ahead of its head'))
  end
end

-- A new ticket, of any office: head, log, tickets, carried, queue that it
-- enters ('' for none), day, now ('' if its rank is given), rank, id prefix,
-- series, number prefix, first, size, record, event, counter in that.
SECTIONS.n = {
  size = 16,
  check = function(s, keys, args, at)
    local head, log, tickets, carried, queue, day, now, rank, prefix, series,
      number_prefix, first, size, record, event, counter =
      unpack(args, at, at + 15)
    head, log = keys[PLACE[head]], keys[PLACE[log]]
    tickets, carried = keys[PLACE[tickets]], keys[PLACE[carried]]
    first, size = tonumber(first), tonumber(size)
    local state = redis.call('HMGET', head, 'day', 'carry', 'seq', 'rank',
      'carried', 'n:' .. series)
    local refused = refuse_day(state[1], state[2], day)
    if refused then return {refused, 'new'} end
    redis.call('HLEN', tickets)
    if queue ~= '' then redis.call('ZCARD', keys[PLACE[queue]]) end
    local serial = free_serial(tickets, state[5] and carried, {}, prefix,
      number(state[6], series) or 0, series, number_prefix, first, size)
    if not serial then return {'SERIES_EXHAUSTED', 'new'} end
    local sequence
    if head == s.head then
      s.sequence = s.sequence + 1
      sequence = s.sequence
    else
      sequence = (number(state[3], 'seq') or 0) + 1
      check_log(log, sequence)
    end
    local new = {head = head, tickets = tickets}
    new.numbers = {'seq', text(sequence), 'n:' .. series, text(serial + 1)}
    if now ~= '' then
      rank = math.max(tonumber(now), (number(state[4], 'rank') or -1) + 1)
      rank = text(rank)
      new.numbers[5], new.numbers[6] = 'rank', rank
    end
    new['\1'] = id_of(prefix, serial)
    new['\2'] = number_prefix .. text(first + serial % size)
    new['\3'] = rank
    s.new = new
    new.record = fill(s, record)
    s.events[#s.events + 1] =
      {log, sequence, event, new.record, fill(s, counter)}
  end,
  write = function(s, keys, args, at)
    local new, queue = s.new, args[at + 4]
    redis.call('HSET', new.head, unpack(new.numbers))
    redis.call('HSET', new.tickets, new['\1'], new.record)
    if queue ~= '' then
      redis.call('ZADD', keys[PLACE[queue]], new['\3'], new['\1'])
    end
  end
}

-- What is not due any more: due, key.
SECTIONS.x = {
  size = 2,
  check = function(_, keys, args, at)
    redis.call('ZCARD', keys[PLACE[args[at]]])
  end,
  write = function(_, keys, args, at)
    redis.call('ZREM', keys[PLACE[args[at]]], args[at + 1])
  end
}

-- What is due: due, key, time.
SECTIONS.d = {
  size = 3,
  check = function(_, keys, args, at)
    redis.call('ZCARD', keys[PLACE[args[at]]])
  end,
  write = function(s, keys, args, at)
    redis.call('ZADD', keys[PLACE[args[at]]], args[at + 2],
      fill(s, args[at + 1]))
  end
}

-- The step that may be taken back: undo, counter, record.
SECTIONS.u = {
  size = 3,
  check = function(_, keys, args, at)
    redis.call('HLEN', keys[PLACE[args[at]]])
  end,
  write = function(_, keys, args, at)
    redis.call('HSET', keys[PLACE[args[at]]], args[at + 1], args[at + 2])
  end
}

-- What a request is remembered by: its ticket, and the new one behind it.
local function settled_record(s, begin, ticket)
  if ticket == NEW then return begin .. s.new.record end
  if ticket == SAME then ticket = s.first_ticket end
  if s.new then ticket = ticket .. '~' .. s.new.record end
  return begin .. ticket
end

-- keys: head log tickets requests, then what the sections name
-- args: request, day, request record up to its ticket, that ticket, then the
--       sections in the order of their checks
local function settle(keys, args)
  local head, bucket = keys[1], buckets(keys[4])
  local known = find_request(bucket, args[1])
  if known then return {'OK', '0', known} end
  local state = redis.call('HMGET', head, 'day', 'seq', 'carry')
  local refused = refuse_day(state[1], state[3], args[2])
  if refused then return {refused} end
  -- The first fields are of the open day, the others of the sections so far.
  local s = {
    head = head, log = keys[2], tickets = keys[3],
    sequence = number(state[2], 'seq') or 0, events = {}, is_answered = false,
    ticket = false, first_ticket = false, called = false, rank = false,
    limit = false, overtakes = false, overtaken = false, new = false
  }
  local at, count = 5, #args
  while at <= count do
    local section = SECTIONS[args[at]]
    refused = section.check(s, keys, args, at + 1)
    if refused then return refused end
    at = at + 1 + section.size
  end
  local record = settled_record(s, args[3], args[4])

  local first, last
  for i = 1, #s.events do
    local event = s.events[i]
    local name = append(event[1], event[2], event[3], event[4], event[5])
    first = first or name
    if event[1] == s.log then last = name end
  end
  if last then redis.call('HSET', head, 'seq', last) end
  at = 5
  while at <= count do
    local section = SECTIONS[args[at]]
    local write_section = section.write
    if write_section then write_section(s, keys, args, at + 1) end
    at = at + 1 + section.size
  end
  remember(bucket, {args[1], record})
  return {'OK', s.is_answered and first or '0', record}
end
