-- Restores what was deleted by hand or evicted, from what is left and from the log. Doing it again does nothing.
-- KEYS: flags, segments, versions, meta, changes, commits, bodies
-- ARGV: epoch and change set of a namespace of which nothing is left that says them
-- Returns OK, the keys and fields that were restored, the definitions that were, and those that are nowhere; or FOREIGN with an entry.
local FLAGS, SEGMENTS, VERSIONS, META, CHANGES, COMMITS, BODIES = unpack(KEYS)
local PAGE = 100
local keys, restored, nowhere = {}, {}, {}

local function hash(field)
  if string.sub(field, 1, 5) == 'flag/' then
    return FLAGS, string.sub(field, 6)
  end
  return SEGMENTS, string.sub(field, 9)
end

-- The edits of an entry, which may stand in pieces; none if a piece is lost too.
local function edits(number, fields)
  if fields.edits then
    return cjson.decode(fields.edits)
  end
  local pieces = {}
  for i = 1, tonumber(fields.pieces) do
    pieces[i] = redis.call('HGET', BODIES, number .. ':' .. i)
    if not pieces[i] then
      return {}
    end
  end
  return cjson.decode(table.concat(pieces))
end

-- The log: what was written last, and by whom.
local newest, written, last = nil, {}, nil
repeat
  local page = redis.call('XRANGE', CHANGES, last and '(' .. last or '-', '+', 'COUNT', PAGE)
  for _, entry in ipairs(page) do
    local fields = {}
    for i = 1, #entry[2], 2 do
      fields[entry[2][i]] = entry[2][i + 1]
    end
    local number = string.match(entry[1], '^(%d+)-0$')
    if not (number and fields.epoch and fields.changeSet and (fields.edits or tonumber(fields.pieces))) then
      return {'FOREIGN', entry[1]}
    end
    last, newest = entry[1], {epoch = fields.epoch, revision = number, changeSet = fields.changeSet}
    for _, edit in ipairs(edits(number, fields)) do
      written[edit[1]] = {number = number, changeSet = fields.changeSet, body = edit[3] == 'put' and edit[4] or nil}
    end
    if redis.call('HGET', COMMITS, fields.changeSet) ~= number then
      redis.call('HSET', COMMITS, fields.changeSet, number)
      keys[COMMITS] = true
    end
  end
until #page < PAGE

local bodies, versions, highest = {}, {}, 1
for kind, key in pairs({['flag/'] = FLAGS, ['segment/'] = SEGMENTS}) do
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    bodies[kind .. all[i]] = all[i + 1]
  end
end
local all = redis.call('HGETALL', VERSIONS)
for i = 1, #all, 2 do
  local number = string.match(all[i + 1], '^([1-9]%d*) %x+ .')
  if number then
    versions[all[i]] = all[i + 1]
    highest = math.max(highest, tonumber(number))
  end
end

-- Where the store is.
local state = redis.call('HMGET', META, 'epoch', 'revision', 'changeSet', 'format', 'flags', 'segments')
local isEmpty = not newest and next(bodies) == nil and next(versions) == nil and not state[2]
if isEmpty then
  return {'OK', {}, {}, {}}
end
local epoch, revision, changeSet = state[1], state[2], state[3]
if not (epoch and revision and changeSet) then
  if newest then
    epoch, revision, changeSet = newest.epoch, newest.revision, newest.changeSet
  else
    epoch = epoch or ARGV[1]
    revision = revision or string.format('%.0f', highest)
    changeSet = changeSet or ARGV[2]
  end
end

-- Definitions: the body by its version, the version by the log, both by the log.
local function version(number, body, by)
  return number .. ' ' .. redis.sha1hex(body) .. ' ' .. by
end
local function restore(field, body, text)
  local key, name = hash(field)
  if not bodies[field] then
    redis.call('HSET', key, name, body)
    bodies[field] = body
  end
  redis.call('HSET', VERSIONS, field, text)
  versions[field] = text
  restored[#restored + 1] = field
end
for field, text in pairs(versions) do
  if not bodies[field] then
    local found = written[field]
    if found and found.body then
      restore(field, found.body, version(found.number, found.body, found.changeSet))
    else
      nowhere[#nowhere + 1] = field
    end
  end
end
for field, body in pairs(bodies) do
  if not versions[field] then
    local found = written[field]
    if found and found.body == body then
      restore(field, body, version(found.number, body, found.changeSet))
    else
      restore(field, body, version(revision, body, changeSet))
    end
  end
end
for field, found in pairs(written) do
  if found.body and not versions[field] and not bodies[field] then
    restore(field, found.body, version(found.number, found.body, found.changeSet))
  end
end
local flags, segments = 0, 0
for field in pairs(versions) do
  if string.sub(field, 1, 5) == 'flag/' then
    flags = flags + 1
  else
    segments = segments + 1
  end
end

local now = {epoch, revision, changeSet, '1', tostring(flags), tostring(segments)}
for i = 1, #now do
  if state[i] ~= now[i] then
    keys[META] = true
  end
end
redis.call('HSET', META, 'epoch', epoch, 'revision', revision, 'changeSet', changeSet, 'format', '1', 'flags', now[5], 'segments', now[6])
if redis.call('HGET', COMMITS, changeSet) ~= revision then
  redis.call('HSET', COMMITS, changeSet, revision)
  keys[COMMITS] = true
end
if redis.call('EXISTS', CHANGES) == 0 then
  redis.call('XADD', CHANGES, revision .. '-0', 'lost', '')
  redis.call('XDEL', CHANGES, revision .. '-0')
  keys[CHANGES] = true
end

local names = {}
for key in pairs(keys) do
  names[#names + 1] = key
end
table.sort(names)
table.sort(restored)
table.sort(nowhere)
return {'OK', names, restored, nowhere}
