-- What the plugin says, in the user's language. Findings and rule pages come from the server.
local M = {}

--- The language of the editor as a tag such as `zh-CN`, or nil where the environment names none. Messages are in `v:lang`;
--- that is `C` where the locale of `$LANG` is not installed, and then `$LANG` tells what was meant.
--- @return string?
function M.locale()
  for _, name in ipairs({ vim.v.lang, vim.env.LC_ALL or '', vim.env.LC_MESSAGES or '', vim.env.LANG or '' }) do
    local tag = name:gsub('[.@].*$', ''):gsub('_', '-')
    if tag:lower():find('^zh') or tag:find('^Chinese') then -- Windows says Chinese_China
      return tag:find('^Chinese') and 'zh-CN' or tag
    elseif tag ~= '' and tag ~= 'C' and tag ~= 'POSIX' then
      return tag
    end
  end
end

--- The language of the plugin's own messages: the setting's, or else the editor's.
--- @return 'zh'|'en'
function M.language()
  local chosen = require('gouji.config').settings().locale
  if chosen == 'zh' or chosen == 'en' then
    return chosen
  end
  return (M.locale() or ''):lower():find('^zh') and 'zh' or 'en'
end

--- Tells texts of a table of texts, each in both languages, by their keys.
--- @param words table<string, { zh: string, en: string }>
function M.teller(words)
  return function(key, ...)
    return words[key][M.language()]:format(...)
  end
end

M.say = M.teller({
  missing = {
    zh = '没有找到程序 %s，预决算公开文件未核对。安装后执行 :Gouji restart，或用 vim.lsp.config / setup 指定 cmd。详见 :checkhealth gouji',
    en = 'The program %s was not found; disclosures are not checked. Install it and run :Gouji restart, '
      .. 'or name it by cmd in vim.lsp.config or setup. See :checkhealth gouji',
  },
  given_up = {
    zh = '服务程序 3 分钟内异常退出 4 次，不再自动重启。日志 :Gouji log，重新启动 :Gouji restart',
    en = 'The server ended abnormally 4 times in 3 minutes and is not restarted any more. '
      .. 'Log: :Gouji log, another try: :Gouji restart',
  },
  unnamed = {
    zh = '缓冲区没有文件名，请先保存',
    en = 'The buffer has no file name; save it first',
  },
  attached = { zh = '核对本文件，以后打开时也核对', en = 'This file is checked, now and whenever it is opened' },
  detached = { zh = '不核对本文件，以后打开时也不核对', en = 'This file is not checked, neither now nor when it is opened again' },
  not_attached = {
    zh = '服务程序未接管本文件，可用 :Gouji attach 接管',
    en = 'The server is not attached to this file; :Gouji attach attaches it',
  },
  no_finding = {
    zh = '光标处没有问题。查看某条规则：:Gouji explain 规则代码',
    en = 'No finding under the cursor. The page of a rule: :Gouji explain CODE',
  },
  no_rule = { zh = '没有规则 %s', en = 'There is no rule %s' },
  no_disclosure = { zh = '本文件不是预决算公开文件', en = 'This file is no budget disclosure' },
  covered = {
    zh = '金额 %d 处，其中 %d 处已勾稽，未勾稽的 %d 处已标出',
    en = '%d amounts, %d of them checked; the %d unchecked ones are marked',
  },
  uncovered = { zh = '已取消标记', en = 'The marks are gone' },
  report = { zh = '检查报告已写好：%s', en = 'The report is written: %s' },
  report_ending = { zh = '-检查报告.html', en = '-report.html' },
  workspace_title = { zh = '勾稽：工作区', en = 'gouji: workspace' },
  workspace = {
    zh = '检查了 %d 个文件：%d 处错误，%d 处警告，%d 处提示',
    en = '%d files checked: %d errors, %d warnings, %d hints',
  },
  no_disclosures = { zh = '文件夹中没有预决算公开文件', en = 'There is no disclosure in the folder' },
  no_command = { zh = '没有命令 :Gouji %s，可用：%s', en = 'There is no :Gouji %s, only: %s' },
})

--- @param key string
--- @param level? integer of `vim.log.levels`, INFO without
function M.notify(key, level, ...)
  vim.notify('gouji: ' .. M.say(key, ...), level or vim.log.levels.INFO, { title = 'gouji' })
end

return M
