"""jsii's kernel in Python, for what most cdktf programs ask of it: constructs, cdktf's stacks, and AWS resources.

A cdktf program in Python holds proxies; the objects are in Node, and every constructor, method and attribute is a
request to Node. `Kernel.answer` gives the answer that Node would give, with the same references and tokens, and writes
the same Terraform JSON. It raises `UnknownError` for everything else; Node then gets the requests so far and goes
on (`latitude.bindings.process`). The rule: **the kernel answers only what it knows**. An answer that might be wrong is
unknown, and so is every mistake, because cdktf's own words are the right ones for it.

| module | what it is in JavaScript |
| --- | --- |
| `requests` | jsii's kernel: which object, which method, which property |
| `objects` | how each class is made from the arguments of a request |
| `tree`, `ids` | the package `constructs`, and cdktf's logical ids |
| `stack`, `elements`, `blocks` | cdktf's App and TerraformStack; provider, backend, output, variable; resources |
| `aws`, `names` | the classes of `@cdktf/provider-aws`: what Terraform calls them and their properties |
| `shapes` | jsii's checks of a value against its type |
| `tokens`, `merge`, `document` | cdktf's tokens, its `deepMerge`, and json-stable-stringify |

cdktf 0.21 is archived, so what is to be equalled does not move. Docstrings name the JavaScript that they follow, by its
file in the npm package; tests compare every byte through both (docs/adr/0014-requests-answered-in-python.md).
"""
