
local function id_of(prefix, serial)
  return prefix .. string.format('%05d', serial)
end

-- Whether somebody who was carried over has the number.
local function is_carried(tickets, carried, field)
  local id = redis.call('HGET', carried, field)
  local record = id and redis.call('HGET', tickets, id)
  return record and is_live(record)
end

-- The first serial from `serial` on whose number is not in use. `fresh` are the
-- tickets about to be written; `carried` is false if nobody was carried over.
local function free_serial(tickets, carried, fresh, prefix, serial, series,
  number_prefix, first, size)
  for candidate = serial, serial + MAX_SKIPPED - 1 do
    local earlier, record = candidate - size, false
    while earlier >= 0 and not record do
      local id = id_of(prefix, earlier)
      record = fresh[id] or redis.call('HGET', tickets, id)
      earlier = earlier - size
    end
    if (not record or not is_live(record)) and not (carried and
      is_carried(tickets, carried, carried_field(series,
        number_prefix .. text(first + candidate % size)))) then
      return candidate
    end
  end
  return nil
end

-- Arguments of one order, see `issue`.
local ORDER = 13

-- Orders that came together are issued together, in their order: one write of
-- each hash instead of one for each of them.
--
-- keys: head log tickets carried requests, then the queues
-- args: day, then of each order: request, queue (its place among the queues),
--       now, id prefix, series, number prefix, first, size, three pieces of the
--       ticket's record, event, request record
-- Answers, of each order: its sequence and what was settled, now or before
-- (sequence 0); or why nothing was, and ''.
local function issue(keys, args)
  local head, log, tickets, bucket = keys[1], keys[2], keys[3], buckets(keys[5])
  local state =
    redis.call('HMGET', head, 'day', 'seq', 'rank', 'carry', 'carried')
  local refused = refuse_day(state[1], state[4], args[1])
  local sequence = number(state[2], 'seq') or 0
  local rank = number(state[3], 'rank') or -1
  local carried = state[5] and keys[4]
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
    local request, queue, now, prefix, series, number_prefix, first, size,
      before_id, middle, after, event, settled_prefix =
      unpack(args, from, from + ORDER - 1)
    local settled = seen[request] or known[(from - 2) / ORDER + 1]
    local serial
    first, size = tonumber(first), tonumber(size)
    if not settled and not refused then
      if not serials[series] then
        serials[series] =
          number(redis.call('HGET', head, 'n:' .. series), series) or 0
      end
      local key = keys[5 + queue]
      if not queued[key] then
        redis.call('ZCARD', key)
        queued[key] = {}
      end
      serial = free_serial(tickets, carried, fresh, prefix, serials[series],
        series, number_prefix, first, size)
    end
    if settled then
      answer_with('0', settled)
    elseif refused then
      answer_with(refused, '')
    elseif not serial then
      answer_with('SERIES_EXHAUSTED', '')
    else
      serials[series] = serial + 1
      sequence = sequence + 1
      rank = math.max(tonumber(now), rank + 1)
      local id = id_of(prefix, serial)
      local ticket = before_id .. id .. '|' .. number_prefix
        .. text(first + serial % size) .. middle .. text(rank) .. after
      local record = settled_prefix .. ticket
      entries[#entries + 1] = {sequence, event, ticket}
      fresh[id] = ticket
      seen[request] = record
      records[#records + 1] = request
      records[#records + 1] = record
      local ranks = queued[keys[5 + queue]]
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
  for series, serial in pairs(serials) do
    counters[#counters + 1] = 'n:' .. series
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
