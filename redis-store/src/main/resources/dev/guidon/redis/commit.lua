-- Commits a change set, whole or not at all. Lua does not roll back, so everything is checked before the first write.
-- KEYS: flags, segments, versions, meta, changes, commits, consumers, bodies, and the set of members if any are added or removed
-- ARGV: id, actor, whether there is a reason, reason, length of the log, how long consumers may keep it, KEEP or DROP beyond that,
--       epoch of a new namespace,
--       count of changes, then for each: flag/<key> or segment/<key>, expected version (number, a space, change set; 0 for none),
--       put or remove, body;
--       count of members to add, count to remove, then the members
-- Returns what happened: OK and DONE with number, log entry, edits, what was before; OK also with how many commits the slowest consumer has
-- not read, its name, and how many of these were dropped; MOVED with field, expected, found; or why it refused.
--
-- Every follower gets the log entry at the same moment, so it is small: edits longer than a piece stand in pieces in BODIES, under
-- <number>:1 and so on, of which a follower asks for one after the other. What was before, which followers do not need, is there under
-- <number>.
local FLAGS, SEGMENTS, VERSIONS, META, CHANGES, COMMITS, CONSUMERS, BODIES, MEMBERS = unpack(KEYS)
local ID, LOG_LENGTH, LOG_LIMIT, DROPS = ARGV[1], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7] == 'DROP'
local CHUNK, MOST_TRIMMED, PIECE = 1000, 20, 16000

local function whole(number)
  return string.format('%.0f', number)
end

local function valueOf(entry, name)
  for i = 1, #entry, 2 do
    if entry[i] == name then
      return entry[i + 1]
    end
  end
end

-- The fields of a commit in BODIES.
local function fieldsOf(number, pieces)
  local fields = {number}
  for i = 1, pieces do
    fields[i + 1] = number .. ':' .. i
  end
  return fields
end

local function inChunks(command, key, values, from, to)
  for i = from, to, CHUNK do
    redis.call(command, key, unpack(values, i, math.min(i + CHUNK - 1, to)))
  end
end

-- A text in pieces, none of which ends within a character.
local function split(text)
  local pieces, from = {}, 1
  while from <= #text do
    local to = math.min(from + PIECE - 1, #text)
    for _ = 1, 3 do
      local after = string.byte(text, to + 1)
      if after and after >= 128 and after < 192 then
        to = to - 1
      end
    end
    pieces[#pieces + 1] = string.sub(text, from, to)
    from = to + 1
  end
  return pieces
end

local there = {}
for i = 1, #KEYS do
  local found = redis.call('TYPE', KEYS[i])['ok']
  local allowed = i == 5 and 'stream' or i == 9 and 'set' or 'hash'
  if found ~= 'none' and found ~= allowed then
    return {'TYPE', KEYS[i], found, allowed}
  end
  there[i] = found ~= 'none'
end

local STATE = {'format', 'epoch', 'revision', 'changeSet', 'flags', 'segments'}
local state = redis.call('HMGET', META, unpack(STATE))
if state[1] and state[1] ~= '1' then
  return {'FORMAT', state[1]}
end
local epoch, revision, previous = state[2] or ARGV[8], tonumber(state[3] or '0'), state[4] or ''

local flags, segments = tonumber(state[5] or '0'), tonumber(state[6] or '0')

-- What was deleted by hand or evicted is not written over: it may be found again in what is left.
if state[3] or state[4] or state[5] or state[6] then
  for i, field in ipairs(STATE) do
    if not state[i] then
      return {'LOST', META, field}
    end
  end
  for i, needed in ipairs({flags > 0, segments > 0, flags + segments > 0, true, true, true}) do
    if needed and not there[i] then
      return {'LOST', KEYS[i], ''}
    end
  end
  if not redis.call('HGET', COMMITS, previous) then
    return {'LOST', COMMITS, previous}
  end
elseif there[1] or there[2] or there[3] or there[5] or there[6] then
  return {'LOST', META, ''}
end

local done = redis.call('HGET', COMMITS, ID)
if done then
  local entry = redis.call('XRANGE', CHANGES, done .. '-0', done .. '-0')
  if entry[1] and valueOf(entry[1][2], 'changeSet') == ID then
    -- A write, so that who waits for replicas waits for this commit too; it may fail when memory is full.
    redis.pcall('HSET', COMMITS, ID, done)
    local pieces = {valueOf(entry[1][2], 'edits')}
    for i = 1, tonumber(valueOf(entry[1][2], 'pieces') or '0') do
      pieces[i] = redis.call('HGET', BODIES, done .. ':' .. i) or ''
    end
    return {'DONE', done, entry[1][2], table.concat(pieces), redis.call('HGET', BODIES, done) or ''}
  end
end

local last = '0-0'
if redis.call('EXISTS', CHANGES) == 1 then
  local info = redis.call('XINFO', 'STREAM', CHANGES)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last = info[i + 1]
    end
  end
end
if last ~= whole(revision) .. '-0' then
  return {'LOG', last, whole(revision) .. '-0'}
end

local count, moved, before = tonumber(ARGV[9]), {'MOVED'}, {}
for i = 1, count do
  local field, expected = ARGV[6 + 4 * i], ARGV[7 + 4 * i]
  local stored = redis.call('HGET', VERSIONS, field)
  local version, writer = string.match(stored or '', '^([1-9]%d*) %x+ (.+)$')
  before[i] = version and version .. ' ' .. writer or '0'
  if before[i] ~= expected then
    moved[#moved + 1] = field
    moved[#moved + 1] = expected
    moved[#moved + 1] = before[i]
  end
end
if #moved > 1 then
  return moved
end

for i = 1, count do
  local field, puts = ARGV[6 + 4 * i], ARGV[8 + 4 * i] == 'put'
  local isFlag = string.sub(field, 1, 5) == 'flag/'
  local change = 0
  if before[i] == '0' and puts then
    if redis.call('HGET', isFlag and FLAGS or SEGMENTS, string.sub(field, isFlag and 6 or 9)) then
      return {'LOST', VERSIONS, field}
    end
    change = 1
  elseif before[i] ~= '0' and not puts then
    change = -1
  end
  if isFlag then
    flags = flags + change
  else
    segments = segments + change
  end
end
if MEMBERS and redis.call('EXISTS', MEMBERS) == 0 then
  return {'MEMBERS', MEMBERS}
end

-- The log goes as far back as its length, and further while a consumer needs it; one whose place cannot be read needs all of it.
local slowest, reached = '', revision + 1
local consumers = redis.call('HGETALL', CONSUMERS)
for i = 1, #consumers, 2 do
  local place = string.match(consumers[i + 1], '^%d+$') and tonumber(consumers[i + 1]) or 0
  if place < reached then
    slowest, reached = consumers[i], place
  end
end
local floor = math.min(revision + 1 - LOG_LENGTH, reached)
if DROPS then
  floor = math.max(floor, revision + 1 - LOG_LIMIT)
end

local number = whole(revision + 1)
local time = redis.call('TIME')
local millis = time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
local edits, kepts, replaces = {}, {}, false
for i = 1, count do
  local field, kept, action, body = ARGV[6 + 4 * i], false, ARGV[8 + 4 * i], ARGV[9 + 4 * i]
  if before[i] ~= '0' then
    local isFlag = string.sub(field, 1, 5) == 'flag/'
    kept = redis.call('HGET', isFlag and FLAGS or SEGMENTS, string.sub(field, isFlag and 6 or 9))
  end
  edits[i] = {field, before[i], action, body}
  kepts[i] = kept or ''
  replaces = replaces or before[i] ~= '0'
end
edits = cjson.encode(edits)
local kept = replaces and cjson.encode(kepts) or ''
local entry = {'changeSet', ID, 'previous', previous, 'epoch', epoch, 'at', millis, 'actor', ARGV[2]}
if ARGV[3] == '1' then
  entry[#entry + 1] = 'reason'
  entry[#entry + 1] = ARGV[4]
end
local pieces = #edits > PIECE and split(edits) or {}
if replaces then
  entry[#entry + 1] = 'before'
  entry[#entry + 1] = '1'
end
entry[#entry + 1] = #pieces > 0 and 'pieces' or 'edits'
entry[#entry + 1] = #pieces > 0 and whole(#pieces) or edits

-- The ACL is asked at each call: a user who lacks one of these must be stopped before the log is written. The first one is refused when
-- memory is full, which is not asked again after a write.
redis.call('HSET', META, 'format', '1')
redis.call('HDEL', META, '')
redis.call('XDEL', CHANGES, '0-1')
if MEMBERS then
  redis.call('SADD', MEMBERS, '\0')
  redis.call('SREM', MEMBERS, '\0\0')
end

-- From here on everything is written.
if replaces then
  redis.call('HSET', BODIES, number, kept)
end
for i, piece in ipairs(pieces) do
  redis.call('HSET', BODIES, number .. ':' .. i, piece)
end
redis.call('XADD', CHANGES, number .. '-0', unpack(entry))
for i = 1, count do
  local field, action, body = ARGV[6 + 4 * i], ARGV[8 + 4 * i], ARGV[9 + 4 * i]
  local isFlag = string.sub(field, 1, 5) == 'flag/'
  local hash, key = isFlag and FLAGS or SEGMENTS, string.sub(field, isFlag and 6 or 9)
  if action == 'put' then
    redis.call('HSET', hash, key, body)
    redis.call('HSET', VERSIONS, field, number .. ' ' .. redis.sha1hex(body) .. ' ' .. ID)
  else
    redis.call('HDEL', hash, key)
    redis.call('HDEL', VERSIONS, field)
  end
end
redis.call('HSET', META, 'epoch', epoch, 'revision', number, 'changeSet', ID, 'flags', whole(flags), 'segments', whole(segments))
redis.call('HSET', COMMITS, ID, number)
if MEMBERS then
  local at = 10 + 4 * count
  local adding, removing = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  inChunks('SADD', MEMBERS, ARGV, at + 2, at + 1 + adding)
  inChunks('SREM', MEMBERS, ARGV, at + 2 + adding, at + 1 + adding + removing)
end

local dropped = 0
if floor >= 1 then
  local old = redis.call('XRANGE', CHANGES, '-', whole(floor) .. '-0', 'COUNT', MOST_TRIMMED)
  for _, each in ipairs(old) do
    local trimmed = string.match(each[1], '^%d+')
    local fields = fieldsOf(trimmed, tonumber(valueOf(each[2], 'pieces') or '0'))
    inChunks('HDEL', BODIES, fields, 1, #fields)
    redis.call('HDEL', COMMITS, valueOf(each[2], 'changeSet') or '')
    redis.call('XDEL', CHANGES, each[1])
    if tonumber(trimmed) > reached then
      dropped = dropped + 1
    end
  end
end
return {'OK', number, entry, edits, kept, whole(revision + 1 - reached), slowest, whole(dropped)}
