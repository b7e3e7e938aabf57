
-- How long the tickets of a day stay once it is swept.
local SWEPT_SECONDS = 48 * 3600

-- keys: head log days
-- args: day, event, '1' if commands must wait until the day before is swept
local function open_day(keys, args)
  local head, log, days = keys[1], keys[2], keys[3]
  local state = redis.call('HMGET', head, 'day', 'seq', 'sweep')
  local open, day = number(state[1], 'day'), tonumber(args[1])
  if open and open > day then return {'DAY_CLOSED'} end
  if open == day then return {'OK'} end
  if state[3] then return {'DAY_SWEEPING'} end
  local sequence = (number(state[2], 'seq') or 0) + 1
  local fields = {'day', args[1], 'seq', text(sequence)}
  local gone = {'carried'}
  for series, serial in pairs(serials_of(head, 'n:')) do
    gone[#gone + 1] = 'n:' .. series
    fields[#fields + 1] = 'o:' .. series
    fields[#fields + 1] = text(serial)
  end
  if open then
    fields[#fields + 1] = 'sweep'
    fields[#fields + 1] = text(open) .. '|'
    if args[3] == '1' then
      fields[#fields + 1] = 'carry'
      fields[#fields + 1] = '1'
    end
  end
  redis.call('HLEN', days)

  append(log, sequence, args[2], '', '')
  write('HSET', head, fields)
  write('HDEL', head, gone)
  redis.call('HSET', days, args[1], text(sequence))
  return {'OK'}
end

-- The cursor of a sweep is the id of the last ticket looked at.
--
-- keys: head tickets carried, of the day that is being swept
-- args: that day, limit
local function look_sweep(keys, args)
  local day, cursor = sweep_of(redis.call('HGET', keys[1], 'sweep'))
  if day ~= tonumber(args[1]) then return {'ABORTED'} end
  local found, more = page_of(keys[2], keys[3], day,
    serials_of(keys[1], 'o:'), cursor, tonumber(args[2]))
  return {'OK', cursor, more and names_in(found[#found]) or '', found}
end

-- Arguments of one change, see `settle_sweep`.
local CHANGE = 8

-- keys: head log due; tickets, carried, counters and undo of the old day;
--       tickets and carried of the new day; queue and over of each queue of the
--       old day that somebody leaves; queues of the new day
-- args: old day, new day, cursor, next, numbers of queues of the old day, of
--       due entries set and of those cleared; times and keys of those set; keys
--       of those cleared; then of each change: id, before, after, queue of the
--       new day that it enters ('' for none), rank there, event, its ticket,
--       its counter
local function settle_sweep(keys, args)
  local head, log, due = keys[1], keys[2], keys[3]
  local tickets, carried, counters, undo = keys[4], keys[5], keys[6], keys[7]
  local new_tickets, new_carried = keys[8], keys[9]
  local state = redis.call('HMGET', head, 'day', 'seq', 'sweep')
  local day, cursor = sweep_of(state[3])
  if number(state[1], 'day') ~= tonumber(args[2])
    or day ~= tonumber(args[1]) or cursor ~= args[3] then
    return {'ABORTED'}
  end
  local sequence = number(state[2], 'seq') or 0
  local queues_end = 9 + 2 * tonumber(args[5])
  local set_end = 7 + 2 * tonumber(args[6])
  local cleared_end = set_end + tonumber(args[7])
  local ids = {}
  for at = cleared_end + 1, #args, CHANGE do ids[#ids + 1] = args[at] end
  local now = fetch(tickets, ids)
  for i = 1, #ids do
    local seen = args[cleared_end + 2 + (i - 1) * CHANGE]
    if not is_still(now[i], seen) then return {'ABORTED'} end
  end
  for i = 10, #keys do redis.call('ZCARD', keys[i]) end
  for i = 5, 9 do redis.call('HLEN', keys[i]) end
  redis.call('ZCARD', due)

  local stay, entered, left, fields = {}, {}, {}, {}
  local ranks = {}
  for at = cleared_end + 1, #args, CHANGE do
    local id, _, after, queue, rank, event, ticket, counter =
      unpack(args, at, at + CHANGE - 1)
    sequence = sequence + 1
    if ticket == SAME then ticket = after end
    append(log, sequence, event, ticket, counter)
    local into = queue == '' and stay or entered
    into[#into + 1] = id
    into[#into + 1] = after
    if queue ~= '' then
      left[#left + 1] = id
      local _, series = parts_of(id)
      local _, ticket_number = names_in(after)
      fields[#fields + 1] = carried_field(series, ticket_number)
      ranks[#ranks + 1] = {keys[queue + 0], rank, id}
    end
  end
  write('HSET', tickets, stay)
  write('HSET', new_tickets, entered)
  write('HDEL', tickets, left)
  local taken, noted = {}, {}
  for i, holder in ipairs(fetch(new_carried, fields)) do
    local field = fields[i]
    -- A day opened without waiting for the sweep may have given the number
    -- again; nobody must get lost by that.
    if holder or taken[field] then field = field .. '|' .. left[i] end
    taken[fields[i]] = true
    noted[#noted + 1] = field
    noted[#noted + 1] = left[i]
  end
  write('HSET', new_carried, noted)
  for _, ranked in ipairs(ranks) do redis.call('ZADD', unpack(ranked)) end
  local due_set, cleared = {}, {}
  for i = 8, set_end do due_set[#due_set + 1] = args[i] end
  for i = set_end + 1, cleared_end do cleared[#cleared + 1] = args[i] end
  write('ZREM', due, cleared)
  write('ZADD', due, due_set)
  -- Nobody reads the queues of a closed day.
  for i = 10, queues_end do redis.call('UNLINK', keys[i]) end
  redis.call('HSET', head, 'seq', text(sequence), 'sweep',
    text(day) .. '|' .. args[4])
  if #left > 0 then redis.call('HSET', head, 'carried', '1') end
  if args[4] ~= '' then return {'OK'} end

  local gone = {'sweep', 'carry'}
  for series in pairs(serials_of(head, 'o:')) do
    gone[#gone + 1] = 'o:' .. series
  end
  write('HDEL', head, gone)
  redis.call('UNLINK', carried, counters, undo)
  redis.call('EXPIRE', tickets, SWEPT_SECONDS)
  return {'OK'}
end

-- keys: log days
-- args: how many days stay
local function trim(keys, args)
  local noted, days, sequences = redis.call('HGETALL', keys[2]), {}, {}
  for i = 1, #noted, 2 do
    days[#days + 1] = number(noted[i], 'a day')
    sequences[noted[i]] = number(noted[i + 1], noted[i])
  end
  local gone = {}
  table.sort(days)
  for i = 1, #days - tonumber(args[1]) do gone[i] = text(days[i]) end
  if #gone == 0 then return {'OK'} end
  redis.call('XLEN', keys[1])

  local first_kept = sequences[text(days[#gone + 1])]
  redis.call('XTRIM', keys[1], 'MINID', text(first_kept) .. '-0')
  write('HDEL', keys[2], gone)
  return {'OK'}
end
