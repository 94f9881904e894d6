//! Whether a description holds (RFC 3264, section 8.4). It is read, never changed.

/// Whether the audio of the other side's description holds us: `sendonly` or `inactive`, or, as RFC 2543 had it, the
/// address 0.0.0.0. With ICE that address only says that the candidates tell the real one (RFC 8839, section 4.2.1).
pub(super) fn is_held(sdp: &str) -> bool {
    let (mut before_media, mut in_audio, mut was_audio) = (true, false, false);
    let (mut direction, mut nowhere, mut has_ice) = ("", false, false);
    for line in sdp.lines() {
        if let Some(media) = line.strip_prefix("m=") {
            before_media = false;
            in_audio = media.starts_with("audio ") && !was_audio;
            was_audio |= in_audio;
        }
        if !(before_media || in_audio) {
            continue;
        }
        match line {
            "a=sendrecv" | "a=sendonly" | "a=recvonly" | "a=inactive" => direction = line,
            _ if line.starts_with("c=") => nowhere = line.ends_with(" 0.0.0.0"),
            _ if line.starts_with("a=ice-ufrag:") => has_ice = true,
            _ => {}
        }
    }
    matches!(direction, "a=sendonly" | "a=inactive") || nowhere && !has_ice
}

#[cfg(test)]
mod tests {
    use super::is_held;

    #[test]
    fn the_direction_of_the_first_audio_counts() {
        for (sdp, held) in [
            ("v=0\r\nm=audio 9 X 0\r\n", false),
            ("v=0\r\nm=audio 9 X 0\r\na=sendonly\r\n", true),
            ("v=0\r\nm=audio 9 X 0\r\na=inactive\r\n", true),
            ("v=0\r\nm=audio 9 X 0\r\na=recvonly\r\n", false),
            ("v=0\r\na=sendonly\r\nm=audio 9 X 0\r\n", true),
            ("v=0\r\na=sendonly\r\nm=audio 9 X 0\r\na=sendrecv\r\n", false),
            ("v=0\r\nm=video 9 X 0\r\na=sendonly\r\nm=audio 9 X 0\r\na=sendrecv\r\n", false),
            ("v=0\r\nm=audio 9 X 0\r\na=sendrecv\r\nm=audio 9 X 0\r\na=inactive\r\n", false),
        ] {
            assert_eq!(is_held(sdp), held, "{sdp}");
        }
    }

    #[test]
    fn the_address_that_is_none_holds_without_ice_alone() {
        assert!(is_held("v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 X 0\r\n"));
        assert!(!is_held("v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 X 0\r\nc=IN IP4 192.0.2.1\r\n"));
        assert!(!is_held("v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 X 0\r\na=ice-ufrag:x\r\n"));
    }
}
