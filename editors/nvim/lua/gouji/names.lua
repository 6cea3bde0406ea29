-- Generated from editors/settings.toml by npm run generate in editors/vscode; do not edit.
return {
  '部门预算',
  '单位预算',
  '部门决算',
  '单位决算',
  '预算公开',
  '决算公开',
  '预决算',
}
