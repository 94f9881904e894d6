//! The style sheet of the shadow root, one file per component.

/// All rules of the dock, for its shadow root.
pub const STYLE: &str = concat!(
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/header.css"),
    include_str!("../../style/banner.css"),
    include_str!("../../style/who.css"),
    include_str!("../../style/keys.css"),
    include_str!("../../style/dial_pad.css"),
    include_str!("../../style/in_call.css"),
    include_str!("../../style/incoming.css"),
    include_str!("../../style/ended.css"),
    include_str!("../../style/bubble.css"),
);
