
local function register(name, callback, flags)
  redis.register_function{
    function_name = name, callback = callback, flags = flags}
end

-- What ends or moves tickets goes on when memory is full; what makes new ones
-- does not.
register('mdg2_open_day', open_day, {})
register('mdg2_issue', issue, {})
register('mdg2_settle_issue', settle, {})
register('mdg2_settle', settle, {'allow-oom'})
register('mdg2_settle_sweep', settle_sweep, {'allow-oom'})
register('mdg2_trim', trim, {'allow-oom'})
register('mdg2_look', look, {'no-writes'})
register('mdg2_look_sweep', look_sweep, {'no-writes'})
register('mdg2_due', look_due, {'no-writes'})
register('mdg2_find', find, {'no-writes'})
register('mdg2_list', list, {'no-writes'})
register('mdg2_log', read_log, {'no-writes'})
