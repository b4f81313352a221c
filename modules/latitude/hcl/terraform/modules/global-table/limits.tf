# What validations look at, beside variables.
locals {
  # The attributes that are keys of the table or of an index.
  key_attributes = toset(compact(flatten([
    var.hash_key,
    var.range_key,
    [for index in var.global_indexes : [index.hash_key, index.range_key]],
    [for index in var.local_indexes : index.range_key],
  ])))
}
