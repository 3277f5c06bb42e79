"""A still picture brings nothing into a page but drawing."""

from helpers.reports.pictures import still

PLOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 90" height="90">'
    '<g transform="translate(10,60)"><g class="mark-group role-title"><g transform="translate(0,-50)">'
    '<text transform="translate(0,12)"><tspan>one</tspan><tspan x="0" dy="20">two</tspan></text></g></g>%s</g></svg>'
)


def test_the_title_is_cut_off_with_the_room_it_took():
    found = still(PLOT % '<path d="M0,0"/>', "a")
    # plot at 60, title 50 above it, its last line 12 + 20 lower, 4 of room: cut at 46
    assert found.cut == 46
    assert 'viewBox="0 46 100 44"' in found.markup
    assert "one" not in found.markup


def test_links_scripts_styles_and_handlers_are_left_out():
    hostile = (
        '<a xlink:href="javascript:alert(1)"><text>x</text></a><script>alert(1)</script><style>*{}</style>'
        '<image href="http://example.com/x.png"/><path d="M0,0" onclick="alert(1)" fill="url(http://example.com/#a)"/>'
        "<foreignObject><b/></foreignObject>"
    )
    found = still(PLOT % hostile, "a").markup
    for word in ("alert", "href", "script", "style", "example", "onclick", "foreign"):
        assert word not in found
    assert 'fill="none"' in found


def test_text_stays_text_and_inner_names_stay_apart():
    drawing = '<clipPath id="clip1"/><g clip-path="url(#clip1)"><text>&lt;script&gt; &amp; "x"</text></g>'
    one, other = (still(PLOT % drawing, name).markup for name in ("a", "b"))
    assert "&lt;script&gt; &amp; &#34;x&#34;" in one
    assert 'id="a-clip1"' in one
    assert 'clip-path="url(#a-clip1)"' in one
    assert "url(#b-clip1)" in other
