local MAX_SKIPPED = 16
-- Codes of states in which a ticket's number is free again.
local ENDED = {D = true, X = true, E = true, M = true}

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
