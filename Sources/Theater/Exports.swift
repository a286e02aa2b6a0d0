// One import is enough: without this, a dependent with `MemberImportVisibility` could not name `ActorID`.
@_exported public import TheaterProtocol
