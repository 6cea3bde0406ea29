-- The server's configuration. Neovim 0.11 merges `vim.lsp.config('gouji', …)` over it; on 0.10 `gouji.config` does the same
-- with what `setup` was given.
return {
  cmd = { 'gouji', 'server' },
  filetypes = { 'disclosure', 'text', 'markdown', 'csv', 'tsv' },
  settings = { gouji = { locale = 'auto' } },

  -- Most text files are no disclosures: where `on_dir` is not called, Neovim starts nothing.
  root_dir = function(bufnr, on_dir)
    local wanted = require('gouji.wanted')
    if wanted.reason(bufnr) then
      on_dir(wanted.root(bufnr))
    end
  end,

  reuse_client = function(client, config)
    return require('gouji.client').reusable(client, config)
  end,

  -- Neovim tells servers no locale; without one, `gouji.locale = "auto"` would always mean Chinese.
  before_init = function(params)
    params.locale = require('gouji.words').locale()
    -- It can do this and does not say so; without it, no fix may make a gouji.toml.
    params.capabilities.workspace.workspaceEdit.documentChanges = true
  end,

  on_exit = function(code, signal, client_id)
    require('gouji.client').exited(code, signal, client_id)
  end,
}
